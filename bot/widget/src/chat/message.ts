// How one message looks: who, what, when and, for one's own, how far it came.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { text } from "../i18n";
import { cardView, list, type CardSurroundings } from "./cards";
import { paragraphs } from "./format";
import { cross, info, mould, person, tick, ticks, warning } from "./icons";
import type { Item } from "./transcript";

const PAUSE_MS = 5 * 60_000;

export interface Surroundings extends CardSurroundings {
  foundry: string;
  online: boolean;
  /** Up to where a person has read. */
  seenByDesk: number;
  retry(item: Item): void;
  cancel(item: Item): void;
}

const locale = (language: string): string => (language === "nb" ? "nb-NO" : "en-GB");

function clock(at: Date, language: string): string {
  return new Intl.DateTimeFormat(locale(language), { hour: "2-digit", minute: "2-digit" }).format(at);
}

function dayName(at: Date, language: string): string {
  const midnight = (day: Date): number => new Date(day).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(new Date()) - midnight(at)) / 86_400_000);
  if (days === 0) return text(language, "message.today");
  if (days === 1) return text(language, "message.yesterday");
  return new Intl.DateTimeFormat(locale(language), { weekday: "long", day: "numeric", month: "long" }).format(at);
}

function delivery(item: Item, around: Surroundings): TemplateResult | typeof nothing {
  const { language } = around;
  const word = (key: Parameters<typeof text>[1]): string => text(language, key);
  if (item.delivery && item.seq !== undefined && item.seq <= around.seenByDesk) {
    return html`${ticks}<span>${word("message.seen")}</span>`;
  }
  switch (item.delivery) {
    case undefined:
      return nothing;
    case "sending":
      return html`<span>${word(around.online ? "message.sending" : "message.waiting")}</span>`;
    case "failed":
      return html`<span class="failed">${warning}${word("message.failed")}.</span>
        ${item.problem ? html`<span>${item.problem}</span>` : nothing}
        ${item.hopeless
          ? nothing
          : html`<button type="button" class="link" @click=${() => around.retry(item)}>${word("message.retry")}</button>`}
        ${item.upload
          ? html`<button type="button" class="link" @click=${() => around.cancel(item)}>${word("file.drop")}</button>`
          : nothing}`;
    case "sent":
      return html`${tick}<span class="unseen">${word("message.sent")}</span>`;
    default:
      return html`${tick}<span>${word(`message.${item.delivery}.state`)}</span>`;
  }
}

function speaker(item: Item, { language, foundry }: Surroundings): string {
  if (item.author === "person" && item.name) return text(language, "message.person.name", { name: item.name, foundry });
  return text(language, `message.${item.author}`, { foundry });
}

function progress(item: Item, around: Surroundings): TemplateResult | typeof nothing {
  if (!item.upload || item.delivery !== "sending") return nothing;
  return html`<div class="progress">
    <progress max="1" .value=${item.upload.progress} aria-label=${text(around.language, "file.progress", { name: item.text })}></progress>
    <button type="button" class="icon" @click=${() => around.cancel(item)}>
      ${cross}<span class="unseen">${text(around.language, "file.cancel", { name: item.text })}</span>
    </button>
  </div>`;
}

type Words = TemplateResult | TemplateResult[] | typeof nothing;

/** The words before and behind the card: what it shows line by line is not said a second time. */
function words({ author, card, text: said }: Item): [Words, Words] {
  if (said === "" || (card?.type === "file" && said === card.name)) return [nothing, nothing];
  if (author === "you") return [html`<p dir="auto">${said}</p>`, nothing];
  const facts = card?.type === "request" ? list(card.lines) : [];
  const shown = facts.flatMap(({ label, value }) => `${label}: ${value}`.split("\n"));
  const lines = said.split("\n");
  const first = lines.findIndex((line) => shown.includes(line));
  if (first < 0) return [paragraphs(said), nothing];
  const behind = lines.slice(first).filter((line) => !shown.includes(line));
  return [paragraphs(lines.slice(0, first).join("\n")), behind.length > 0 ? paragraphs(behind.join("\n")) : nothing];
}

const MARKS = { you: nothing, assistant: mould, person, system: info };

/** One message; `before` decides whether the day and the speaker have to be named again. */
export function message(item: Item, before: Item | undefined, around: Surroundings): TemplateResult {
  const { language } = around;
  const newDay = before?.at.toDateString() !== item.at.toDateString();
  const paused = before !== undefined && item.at.getTime() - before.at.getTime() > PAUSE_MS;
  const named = newDay || paused || before?.author !== item.author || before.name !== item.name;
  const [said, behind] = words(item);
  const bubble = (what: Words): TemplateResult | typeof nothing => (what === nothing ? nothing : html`<div class="bubble">${what}</div>`);
  return html`
    ${newDay ? html`<p class="day">${dayName(item.at, language)}</p>` : nothing}
    <article class="message ${item.author} ${named ? "first" : ""}">
      <p class=${named && item.author !== "you" ? "speaker" : "unseen"}>${MARKS[item.author]}${speaker(item, around)}</p>
      <div lang=${item.language ?? nothing}>
        ${bubble(said)} ${item.card ? cardView(item.card, around) : nothing} ${bubble(behind)}
      </div>
      ${progress(item, around)}
      <p class="state">
        <time datetime=${item.at.toISOString()}>${clock(item.at, language)}</time>${delivery(item, around)}
      </p>
    </article>
  `;
}
