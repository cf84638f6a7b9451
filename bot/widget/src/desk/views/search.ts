// <desk-search>: past conversations, by words, by who answered, by when.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { warning } from "../icons";
import { address } from "../route";
import type { Row } from "../types";
import { counted, harmless, label, moment, t, type Key } from "../words";
import { Page, pager } from "./page";

interface Found {
  rows: Row[];
  total: number;
}

const OWNERS = ["", "mine", "waiting", "person", "assistant", "closed"] as const;

class Search extends Page<Found> {
  private wanted: Record<string, string | number> = { page: 1 };

  protected fetch(): Promise<Found> {
    return api.search(this.wanted);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.wanted = { page: 1 };
    for (const name of ["q", "owner", "from", "to"]) this.wanted[name] = String(form.get(name) ?? "").trim();
    void this.load();
  }

  private turn(page: number): void {
    this.wanted = { ...this.wanted, page };
    void this.load();
  }

  override render(): TemplateResult {
    return this.frame(t("nav.search"), (found) => this.list(found), this.form());
  }

  private form(): TemplateResult {
    return html`<form class="filters" role="search" @submit=${this.submit}>
      <div class="field grow"><label for="search-q">${t("search.q")}</label><input id="search-q" name="q" class="ds-input" type="search" maxlength="200" /></div>
      <div class="field"><label for="search-owner">${t("search.owner")}</label>
        <select id="search-owner" name="owner" class="ds-input">
          ${OWNERS.map((one) => html`<option value=${one}>${t(`search.owner.${one === "" ? "any" : one}` as Key)}</option>`)}
        </select></div>
      <div class="field"><label for="search-from">${t("search.from")}</label><input id="search-from" name="from" class="ds-input" type="date" /></div>
      <div class="field"><label for="search-to">${t("search.to")}</label><input id="search-to" name="to" class="ds-input" type="date" /></div>
      <button type="submit" class="ds-button">${t("search.do")}</button>
    </form>`;
  }

  private list({ rows, total }: Found): TemplateResult {
    return html`<p class="hint" role="status">${counted("search.found", total)}</p>
      <ul class="results">
        ${rows.map(
          (row) => html`<li>
            <a href=${address("conversations", row.id)}>
              <strong dir="auto">${harmless(row.who.name) || t("who.stranger")}</strong>
              ${row.who.company ? html`<span class="company" dir="auto">${harmless(row.who.company)}</span>` : nothing}
            </a>
            <span class="hint">${moment(row.last?.at ?? row.created_at)} · ${label("search.owner", row.owner)}${row.owner_name ? `: ${row.owner_name}` : ""}</span>
            ${row.who.proved === null ? html`<span class="unproven">${warning}${t("who.unproven.short")}</span>` : nothing}
            ${row.snippet || row.last ? html`<p dir="auto">${harmless(row.snippet || row.last?.text)}</p>` : nothing}
          </li>`,
        )}
      </ul>
      ${pager(Number(this.wanted["page"]), total, (page) => this.turn(page))}`;
  }
}

customElements.define("desk-search", Search);
