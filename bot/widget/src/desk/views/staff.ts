// <desk-staff>: the accounts of the desk. Nobody is deleted, since what they did keeps their name; accounts are closed.
import { html, type TemplateResult } from "lit";
import { api } from "../api";
import type { StaffEditor } from "../dialogs/staff-editor";
import "../dialogs/staff-editor";
import type { StaffAccount } from "../records";
import { label, moment, t } from "../words";
import { Page, table, type Column } from "./page";

class StaffAdmin extends Page<StaffAccount[]> {
  protected fetch(): Promise<StaffAccount[]> {
    return api.staff();
  }

  private edit(one: StaffAccount | null): void {
    void this.find<StaffEditor>("desk-staff-editor")?.edit(one);
  }

  override render(): TemplateResult {
    const lead = html`<div class="lead"><p>${t("staff.lead")}</p>
      <button type="button" class="ds-button" @click=${() => this.edit(null)}>${t("staff.new")}</button></div>`;
    return html`${this.frame(t("nav.staff"), (found) => this.list(found), lead)}
      <desk-staff-editor @saved=${() => void this.load()}></desk-staff-editor>`;
  }

  private list(found: StaffAccount[]): TemplateResult {
    const columns: Column<StaffAccount>[] = [
      { name: t("staff.name"), cell: (one) => one.name },
      { name: t("staff.email"), cell: (one) => one.email },
      { name: t("staff.role"), cell: (one) => label("role", one.role) },
      { name: t("staff.state"), cell: (one) => html`<span class="state-dot ${one.active ? (one.online ? "available" : "gone") : "shut"}">
        ${t(one.active ? (one.online ? "staff.online" : "staff.active") : "staff.closed")}</span>` },
      { name: t("staff.last"), cell: (one) => (one.last_seen_at ? moment(one.last_seen_at) : t("staff.never")), kind: "short" },
      { name: t("staff.change"), cell: (one) => html`<button type="button" class="ds-button" data-variant="tertiary" @click=${() => this.edit(one)}>
        ${t("canned.edit")}<span class="ds-sr-only"> ${one.name}</span></button>` },
    ];
    return table(t("nav.staff"), columns, found);
  }
}

customElements.define("desk-staff", StaffAdmin);
