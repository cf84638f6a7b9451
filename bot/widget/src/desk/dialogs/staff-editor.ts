// <desk-staff-editor>: a new account, or another name, role or password for one, or its end.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { state } from "../state";
import type { StaffAccount } from "../records";
import type { Role } from "../types";
import { label, t } from "../words";
import { Dialog } from "./dialog";

export class StaffEditor extends Dialog {
  private one: StaffAccount | null = null;

  async edit(one: StaffAccount | null): Promise<void> {
    this.one = one;
    await this.show();
  }

  protected get heading(): string {
    return this.one?.name ?? t("staff.new");
  }

  protected body(): TemplateResult {
    const { one } = this;
    return html`<form id="staff-form" @submit=${this.submit}>
      ${one
        ? html`<p class="hint">${one.email}</p>`
        : html`<div class="field"><label for="staff-email">${t("staff.email")}</label>
            <input id="staff-email" class="ds-input" type="text" inputmode="email" autocapitalize="none" spellcheck="false" maxlength="254" autocomplete="off" required data-first /></div>`}
      <div class="field"><label for="staff-name">${t("staff.name")}</label>
        <input id="staff-name" class="ds-input" type="text" maxlength="120" autocomplete="off" required .value=${one?.name ?? ""} /></div>
      <div class="field"><label for="staff-role">${t("staff.role")}</label>
        <select id="staff-role" class="ds-input">
          ${(["agent", "admin"] as const).map((role) => html`<option value=${role} ?selected=${role === (one?.role ?? "agent")}>${label("role", role)}</option>`)}
        </select></div>
      <div class="field"><label for="staff-password">${t(one ? "staff.password.new" : "staff.password")}</label>
        <input id="staff-password" class="ds-input" type="password" autocomplete="new-password" aria-describedby="staff-password-hint" />
        <p class="hint" id="staff-password-hint">${t("password.hint")}</p></div>
      ${one
        ? html`<label class="check"><input id="staff-active" type="checkbox" class="ds-input" .checked=${one.active}
            ?disabled=${one.id === state.staff?.id} /><span>${t("staff.may_sign_in")}</span></label>`
        : nothing}
    </form>`;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="staff-form" class="ds-button" ?disabled=${this.busy}>${t("canned.save")}</button>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const value = (id: string): string => this.find<HTMLInputElement>(`#${id}`)?.value ?? "";
    const role = value("staff-role") as Role;
    const name = value("staff-name").trim();
    const password = value("staff-password");
    const { one } = this;
    const done = await this.perform(() => {
      if (!one) return api.addStaff({ email: value("staff-email").trim(), name, role, password });
      const active = this.find<HTMLInputElement>("#staff-active")?.checked ?? true;
      return api.changeStaff(one.id, { name, role, ...(active === one.active ? {} : { active }), ...(password === "" ? {} : { password }) });
    });
    if (!done) return;
    state.say(t("staff.saved"));
    this.dispatchEvent(new CustomEvent("saved"));
  }
}

customElements.define("desk-staff-editor", StaffEditor);
