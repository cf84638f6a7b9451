// <desk-privacy>: what is kept of customers and why; finding, exporting and erasing one customer.
import { html, type TemplateResult } from "lit";
import { api } from "../api";
import type { Kept } from "../records";
import { counted, date, number, t } from "../words";
import "./privacy-find";
import { Page, table, type Column } from "./page";

class Privacy extends Page<Kept[]> {
  protected fetch(): Promise<Kept[]> {
    return api.kept();
  }

  override render(): TemplateResult {
    return this.frame(t("nav.privacy"), (found) => this.list(found), html`<p class="lead">${t("privacy.lead")}</p>`);
  }

  private list(found: Kept[]): TemplateResult {
    const columns: Column<Kept>[] = [
      { name: t("privacy.what"), cell: (one) => one.what },
      { name: t("privacy.why"), cell: (one) => one.why },
      { name: t("privacy.how_long"), cell: (one) => (one.days === null ? t("privacy.while_used") : counted("time.days", one.days)), kind: "short" },
      { name: t("privacy.count"), cell: (one) => number(one.count), kind: "short" },
      { name: t("privacy.oldest"), cell: (one) => (one.oldest ? date(one.oldest) : "–"), kind: "short" },
    ];
    return html`<h2>${t("privacy.kept")}</h2>${table(t("privacy.kept"), columns, found)}<desk-privacy-find></desk-privacy-find>`;
  }
}

customElements.define("desk-privacy", Privacy);
