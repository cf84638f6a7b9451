// How one message looks: who, what, when and, for one's own, how far it came.
import { html, nothing, type TemplateResult } from "lit";
import { text } from "../i18n";
import { paragraphs } from "./format";
import { tick, warning } from "./icons";
import type { Item } from "./transcript";

const PAUSE_MS = 5 * 60_000;

export interface Surroundings {
  language: string;
  foundry: string;
  online: boolean;
  retry(item: Item): void;
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
  switch (item.delivery) {
    case undefined:
      return nothing;
    case "sending":
      return html`<span>${text(language, around.online ? "message.sending" : "message.waiting")}</span>`;
    case "failed":
      return html`<span class="failed">${warning}${text(language, "message.failed")}.</span>
        ${item.problem ? html`<span>${item.problem}</span>` : nothing}
        <button type="button" class="link" @click=${() => around.retry(item)}>${text(language, "message.retry")}</button>`;
    case "sent":
      return html`${tick}<span class="unseen">${text(language, "message.sent")}</span>`;
    default:
      return html`${tick}<span>${text(language, `message.${item.delivery}.state`)}</span>`;
  }
}

function speaker(item: Item, { language, foundry }: Surroundings): string {
  if (item.author === "person" && item.name) return text(language, "message.person.name", { name: item.name, foundry });
  return text(language, `message.${item.author}`, { foundry });
}

/** One message; `before` decides whether the day and the speaker have to be named again. */
export function message(item: Item, before: Item | undefined, around: Surroundings): TemplateResult {
  const { language } = around;
  const newDay = before?.at.toDateString() !== item.at.toDateString();
  const paused = before !== undefined && item.at.getTime() - before.at.getTime() > PAUSE_MS;
  const named = newDay || paused || before?.author !== item.author || before.name !== item.name;
  return html`
    ${newDay ? html`<p class="day">${dayName(item.at, language)}</p>` : nothing}
    <article class="message ${item.author} ${named ? "first" : ""}">
      <p class=${named && item.author !== "you" ? "speaker" : "unseen"}>${speaker(item, around)}</p>
      <div class="bubble" lang=${item.language ?? nothing}>
        ${item.author === "you" ? html`<p>${item.text}</p>` : paragraphs(item.text)}
      </div>
      <p class="state">
        <time datetime=${item.at.toISOString()}>${clock(item.at, language)}</time>${delivery(item, around)}
      </p>
    </article>
  `;
}
