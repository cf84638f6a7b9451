// Cards: facts of a message laid out for the eye. All words come from the server; what is not a card of ours is nothing.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { text, type Key } from "../i18n";
import { file as sheet, tick, warning } from "./icons";
import type { CapacityCard, Card, FileCard, OrderCard, RequestCard, TableCard } from "./protocol";

type Shown = TemplateResult | typeof nothing;

/** A list from the server, or none. */
export const list = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? value : []);

const STEP_MARKS = { done: tick, late: warning } as const;

function order(card: OrderCard, language: string): TemplateResult {
  const step = ({ label, state }: NonNullable<OrderCard["steps"]>[number]): TemplateResult => html`<li
    class=${state}
    aria-current=${state === "now" || state === "late" ? "step" : nothing}
  >
    <span class="dot">${STEP_MARKS[state as "done"] ?? nothing}</span>
    <span>${label}<span class="unseen">, ${text(language, `step.${state}` as Key)}</span></span>
  </li>`;
  return html`<section class="card order" aria-label=${card.title}>
    <header>
      <p><strong>${card.title}</strong>${card.order_no ? html`<span>${card.order_no}</span>` : nothing}</p>
      ${card.status ? html`<span class="status">${card.status}</span>` : nothing}
    </header>
    ${list(card.steps).length > 0 ? html`<ol>${list(card.steps).map(step)}</ol>` : nothing}
    ${facts(list(card.dates))} ${card.note ? html`<p class="note">${card.note}</p>` : nothing}
  </section>`;
}

function facts(lines: readonly { label: string; value: string; old?: boolean }[]): Shown {
  if (lines.length === 0) return nothing;
  return html`<dl>
    ${lines.map(
      ({ label, value, old }) => html`<div>
        <dt>${label}</dt>
        <dd>${old ? html`<s>${value}</s>` : value}</dd>
      </div>`,
    )}
  </dl>`;
}

function table(card: TableCard): TemplateResult {
  return html`<section class="card table">
    <div class="scroll" role="region" aria-label=${card.title} tabindex="0">
      <table>
        <caption>
          ${card.title}
        </caption>
        <thead>
          <tr>${list(card.columns).map((column) => (column ? html`<th scope="col">${column}</th>` : html`<td></td>`))}</tr>
        </thead>
        <tbody>
          ${list(card.rows).map(
            ([head, ...cells]) => html`<tr>
              <th scope="row">${head}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function capacity(card: CapacityCard): TemplateResult {
  return html`<section class="card capacity" aria-label=${card.title}>
    <p><strong>${card.title}</strong></p>
    <ul>
      ${list(card.weeks).map(
        ({ label, level, text: words }) => html`<li class=${level}>
          <span>${label}</span><span class="bar" aria-hidden="true"><i></i><i></i><i></i></span><span>${words}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function request(card: RequestCard): TemplateResult {
  return html`<section class="card request" aria-label=${card.title}>
    <p><strong>${card.title}</strong></p>
    ${facts(list(card.lines))}
  </section>`;
}

/** A size as people say it. */
export function fileSize(bytes: number, language: string): string {
  const [size, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1_000), "kB"] : [bytes / 1_000_000, "MB"];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}

/** A name that reads as it is: without characters that turn or hide its end. */
export function fileName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "");
}

/** What a drawing says of itself. */
function held({ facts }: FileCard, language: string): string[] {
  const { name, unit, size, pages } = facts ?? {};
  const lengths = list(size).map((each) => each.toLocaleString(language)).join(" × ");
  return [
    name ? fileName(name) : "",
    unit ? `${lengths} ${unit}`.trim() : "",
    pages ? text(language, pages === 1 ? "file.page" : "file.pages", { count: pages }) : "",
  ].filter((each) => each !== "");
}

function file(card: FileCard, language: string, save?: (file: FileCard) => void): TemplateResult {
  const name = fileName(card.name);
  return html`<div class="card file">
    ${sheet}
    <p><bdi>${name}</bdi><small>${[fileSize(card.size, language), ...held(card, language)].join(" · ")}</small></p>
    ${card.id && save
      ? html`<button type="button" aria-label="${text(language, "file.save")} ${name}" @click=${() => save(card)}>
          ${text(language, "file.save")}
        </button>`
      : nothing}
  </div>`;
}

export interface CardSurroundings {
  language: string;
  save(file: FileCard): void;
}

export function cardView(card: Card, { language, save }: CardSurroundings): Shown {
  switch (card.type) {
    case "order":
      return order(card, language);
    case "table":
      return table(card);
    case "capacity":
      return capacity(card);
    case "request":
      return request(card);
    case "file":
      return file(card, language, save);
    default:
      return nothing;
  }
}
