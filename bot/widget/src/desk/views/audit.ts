// <desk-audit>: what staff did, newest first. Never what anybody wrote.
import { html, type TemplateResult } from "lit";
import { api } from "../api";
import type { AuditEntry } from "../records";
import { label, moment, t } from "../words";
import { Page, pager, table, type Column } from "./page";

interface Found {
  rows: AuditEntry[];
  total: number;
}

function detail(entry: AuditEntry): string {
  return Object.entries(entry.detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}

class AuditTrail extends Page<Found> {
  private page = 1;

  protected fetch(): Promise<Found> {
    return api.audit(this.page);
  }

  override render(): TemplateResult {
    return this.frame(t("nav.audit"), (found) => this.list(found), html`<p class="lead">${t("audit.lead")}</p>`);
  }

  private list({ rows, total }: Found): TemplateResult {
    const columns: Column<AuditEntry>[] = [
      { name: t("audit.at"), cell: (entry) => moment(entry.at), kind: "short" },
      { name: t("audit.who"), cell: (entry) => entry.staff_name ?? t("audit.nobody") },
      { name: t("audit.what"), cell: (entry) => label("audit", entry.action) },
      { name: t("audit.target"), cell: (entry) => html`<code>${entry.target}</code>` },
      { name: t("audit.detail"), cell: detail },
    ];
    return html`${table(t("nav.audit"), columns, rows)} ${pager(this.page, total, (page) => ((this.page = page), void this.load()))}`;
  }
}

customElements.define("desk-audit", AuditTrail);
