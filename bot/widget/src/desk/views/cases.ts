// <desk-cases>: every request, order, change, claim and call-back, with the time by which the customer hears from us.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { warning } from "../icons";
import { live } from "../live";
import { address, route } from "../route";
import type { CaseRow } from "../records";
import { counted, harmless, label, t } from "../words";
import "./case";
import { deadline, kindName } from "./case-words";
import { Page, pager, table, type Column } from "./page";

const KINDS = ["quote_request", "order", "reorder", "change", "cancel", "document", "price", "complaint", "call_back", "message"];

interface Found {
  rows: CaseRow[];
  total: number;
}

class Cases extends Page<Found> {
  static override properties = { ...Page.properties, wanted: { state: true } };
  declare private wanted: { state: string; kind: string; page: number };
  private readonly again = (): void => void this.load();

  constructor() {
    super();
    this.wanted = { state: "open", kind: "", page: 1 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    live.addEventListener("case", this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    live.removeEventListener("case", this.again);
  }

  protected fetch(): Promise<Found> {
    return api.cases(this.wanted);
  }

  private want(change: Partial<Cases["wanted"]>): void {
    this.wanted = { ...this.wanted, page: 1, ...change };
    void this.load();
  }

  override render(): TemplateResult {
    const { id } = route();
    return html`<div class="split ${id === null ? "" : "with-one"}">
      ${this.frame(t("nav.cases"), (found) => this.list(found), this.filters())}
      ${id === null ? nothing : html`<desk-case .no=${id}></desk-case>`}
    </div>`;
  }

  private filters(): TemplateResult {
    const { state, kind } = this.wanted;
    return html`<form class="filters" @submit=${(event: Event) => event.preventDefault()}>
      <div class="field">
        <label for="case-state">${t("cases.state")}</label>
        <select id="case-state" class="ds-input" @change=${(event: Event) => this.want({ state: (event.target as HTMLSelectElement).value })}>
          ${(["open", "all"] as const).map((one) => html`<option value=${one} ?selected=${state === one}>${t(`cases.${one}`)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="case-kind">${t("cases.kind")}</label>
        <select id="case-kind" class="ds-input" @change=${(event: Event) => this.want({ kind: (event.target as HTMLSelectElement).value })}>
          <option value="" ?selected=${kind === ""}>${t("cases.every_kind")}</option>
          ${KINDS.map((one) => html`<option value=${one} ?selected=${kind === one}>${label("kind", one)}</option>`)}
        </select>
      </div>
      <p class="hint" role="status">${this.found ? counted("cases.count", this.found.total) : nothing}</p>
    </form>`;
  }

  private list({ rows, total }: Found): TemplateResult {
    if (rows.length === 0) return html`<p class="quiet">${t(this.wanted.state === "open" ? "cases.none_open" : "cases.none")}</p>`;
    const columns: Column<CaseRow>[] = [
      { name: t("cases.case"), cell: (row) => html`<a href=${address("cases", row.case_no)} aria-current=${row.case_no === route().id ? "true" : nothing}>${row.case_no}</a>
        <span class="wording" dir="auto">${harmless(row.wording_first_line)}</span>`, kind: "main" },
      { name: t("cases.kind"), cell: kindName },
      { name: t("cases.deadline"), cell: deadline, kind: "deadline" },
      { name: t("cases.who"), cell: (row) => html`<span dir="auto">${harmless(row.who) || t("who.stranger")}</span>
        ${row.company ? html`<span class="company" dir="auto">${harmless(row.company)}</span>` : nothing}
        ${row.proved === null ? html`<span class="unproven">${warning}${t("who.unproven.short")}</span>` : nothing}` },
      { name: t("cases.state"), cell: (row) => html`<span class="tag ${row.state}">${label("case_state", row.state)}</span>` },
      { name: t("cases.staff"), cell: (row) => row.staff_name ?? t("cases.nobody") },
    ];
    return html`${table(t("nav.cases"), columns, rows, (row) => `${row.overdue ? "is-overdue" : ""} ${row.case_no === route().id ? "is-open" : ""}`)}
      ${pager(this.wanted.page, total, (page) => this.want({ page }))}`;
  }
}

customElements.define("desk-cases", Cases);
