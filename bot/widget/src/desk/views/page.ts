// What the desk's lists share: fetching with an honest word on how it went, pages, tables that turn into cards on a phone.
import { html, nothing, type TemplateResult } from "lit";
import { asApiError, type ApiError } from "../api";
import { DeskElement } from "../element";
import { warning } from "../icons";
import { label, number, t } from "../words";

export const PAGE = 50;

export abstract class Page<T> extends DeskElement {
  static override properties = { found: { state: true }, problem: { state: true } };
  declare protected found: T | null;
  declare protected problem: ApiError | null;
  private asked = 0;

  constructor() {
    super();
    this.found = null;
    this.problem = null;
  }

  protected abstract fetch(): Promise<T>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  /** Fetch anew; an older answer that comes late is dropped. */
  async load(): Promise<void> {
    const turn = (this.asked += 1);
    try {
      const found = await this.fetch();
      if (turn === this.asked) [this.found, this.problem] = [found, null];
    } catch (error) {
      if (turn === this.asked) this.problem = asApiError(error);
    }
  }

  protected frame(title: string, body: (found: T) => unknown, lead?: unknown): TemplateResult {
    return html`<section class="page" aria-busy=${this.found === null && this.problem === null}>
      <h1 tabindex="-1">${title}</h1>
      ${lead ?? nothing}
      <div role="alert">${this.problem ? html`<p class="refusal">${warning}<span>${label("error", this.problem.code)}</span></p>` : nothing}</div>
      ${this.found === null ? (this.problem ? nothing : html`<p class="quiet">${t("app.loading")}</p>`) : body(this.found)}
    </section>`;
  }
}

export interface Column<Row> {
  name: string;
  cell: (row: Row) => unknown;
  kind?: string;
}

/** A table. Its roles are spelled out, because on a phone its rows are drawn as cards, which would lose them. */
export function table<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[], mark: (row: Row) => string = () => ""): TemplateResult {
  return html`<table class="list" role="table" aria-label=${name}>
    <thead role="rowgroup"><tr role="row">
      ${columns.map((column) => html`<th role="columnheader" scope="col" class=${column.kind ?? ""}>${column.name}</th>`)}
    </tr></thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) => html`<tr role="row" class=${mark(row)}>
          ${columns.map((column, index) => index === 0
            ? html`<th role="rowheader" scope="row" class=${column.kind ?? ""}>${column.cell(row)}</th>`
            : html`<td role="cell" data-label=${column.name} class=${column.kind ?? ""}><div>${column.cell(row)}</div></td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Forward and back through a long list. */
export function pager(page: number, total: number, turn: (page: number) => void): TemplateResult | typeof nothing {
  const last = Math.max(1, Math.ceil(total / PAGE));
  if (last === 1) return nothing;
  return html`<nav class="pager" aria-label=${t("page.label")}>
    <button type="button" class="ds-button" data-variant="secondary" ?disabled=${page <= 1} @click=${() => turn(page - 1)}>${t("page.before")}</button>
    <span>${t("page.of", { page: number(page), last: number(last) })}</span>
    <button type="button" class="ds-button" data-variant="secondary" ?disabled=${page >= last} @click=${() => turn(page + 1)}>${t("page.after")}</button>
  </nav>`;
}
