// How one message or note looks to the desk: who, what, when, and how far it came. Nobody is ever mistaken for another.
import { html, nothing, type TemplateResult } from "lit";
import { paragraphs } from "../chat/format";
import { card } from "./card";
import { flag, info, lock, mould, person, tick, ticks } from "./icons";
import type { Flag, Message, MessageAuthor, Note } from "./types";
import { clock, day, harmless, isoMoment, label, t, type Key } from "./words";

const AUTHORS: Record<MessageAuthor, { icon: TemplateResult; word: Key }> = {
  customer: { icon: person, word: "author.customer" },
  assistant: { icon: mould, word: "author.assistant" },
  person: { icon: person, word: "author.person" },
  system: { icon: info, word: "author.system" },
};

export interface Around {
  customer: string;
  seenSeq: number;
  flags: readonly Flag[];
  onFlag(message: Message): void;
}

/** A line that names the day, when it is another than before. */
export function dayLine(iso: string, before: string | null): TemplateResult | typeof nothing {
  const at = isoMoment(iso);
  if (!at || (before !== null && isoMoment(before)?.toDateString() === at.toDateString())) return nothing;
  return html`<p class="day">${day(at)}</p>`;
}

function time(iso: string): TemplateResult | typeof nothing {
  const at = isoMoment(iso);
  return at ? html`<time datetime=${iso}>${clock(at)}</time>` : nothing;
}

function speaker(message: Message, around: Around): string {
  if (message.author === "customer") return around.customer;
  if (message.author === "person" && message.name) return message.name;
  return t(AUTHORS[message.author].word);
}

/** What became of it: read by the customer, answered, kept for a person. */
function progress(message: Message, { seenSeq }: Around): TemplateResult | typeof nothing {
  if (message.suppressed) return nothing;
  if (message.direction === "in") {
    const state = message.state ?? "";
    return ["failed", "handed_over"].includes(state) ? html`<span class="came">${label("message", state)}</span>` : nothing;
  }
  if (message.author !== "person") return nothing;
  const seen = message.seq <= seenSeq;
  return html`<span class="came">${seen ? ticks : tick}${t(seen ? "message.seen" : "message.sent")}</span>`;
}

function words(message: Message): TemplateResult {
  if (message.card?.type === "file") return html`${nothing}`;
  const text = harmless(message.text);
  return message.author === "customer"
    ? html`<p class="plain-text" dir="auto">${text}</p>`
    : html`<div dir="auto">${paragraphs(text)}</div>`;
}

function flagged(message: Message, around: Around): TemplateResult | typeof nothing {
  if (message.author !== "assistant") return nothing;
  const found = around.flags.find(({ message_id }) => message_id === message.message_id);
  if (found)
    return html`<p class="flagged">${flag}<span><strong>${t("flag.done", { name: found.staff_name })}</strong>
      <span dir="auto">${harmless(found.right_answer)}</span></span></p>`;
  return html`<button type="button" class="plain flag-it" @click=${() => around.onFlag(message)}>${flag}<span>${t("flag.do")}</span></button>`;
}

/** How the assistant read a message: out of the way until somebody wants to know. */
function understood({ understood: read = [] }: Message): TemplateResult | typeof nothing {
  const [first, ...more] = read;
  if (first === undefined) return nothing;
  const summary = t("message.understood", { text: more.length > 0 ? `${first} +${more.length}` : first });
  return html`<details class="understood"><summary>${summary}</summary><ul>${read.map((one) => html`<li>${one}</li>`)}</ul></details>`;
}

/** A message. */
export function message(said: Message, around: Around): TemplateResult {
  const { icon, word } = AUTHORS[said.author];
  const name = speaker(said, around);
  const kind = t(word);
  return html`<article class="entry ${said.author} ${said.suppressed ? "suppressed" : ""}" data-seq=${said.seq}>
    <p class="head">
      ${icon}<strong dir="auto">${harmless(name)}</strong>
      ${name === kind ? nothing : html`<span class="kind">${kind}</span>`}
      ${time(said.at)} ${progress(said, around)}
    </p>
    ${said.suppressed ? html`<p class="why">${t("message.suppressed")}</p>` : nothing}
    <div class="body" lang=${said.language ?? nothing}>
      ${words(said)} ${said.card ? card(said.card) : nothing}
      ${said.quick_replies?.length
        ? html`<ul class="choices" aria-label=${t("message.choices")}>${said.quick_replies.map(({ title }) => html`<li>${title}</li>`)}</ul>`
        : nothing}
    </div>
    ${understood(said)} ${flagged(said, around)}
  </article>`;
}

/** A private note. */
export function note(written: Note): TemplateResult {
  return html`<article class="entry note">
    <p class="head">${lock}<strong>${t("note.private")}</strong> <span class="kind">${written.staff_name}</span>${time(written.at)}</p>
    <div class="body"><p class="plain-text" dir="auto">${harmless(written.text)}</p></div>
  </article>`;
}
