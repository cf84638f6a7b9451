// <desk-assign>: hand the conversation to a colleague.
import { html, type TemplateResult } from "lit";
import { api } from "../api";
import type { Open } from "../open";
import { state } from "../state";
import { label, t } from "../words";
import { Dialog } from "./dialog";

class Assign extends Dialog {
  static override properties = { ...Dialog.properties, open: { attribute: false } };
  declare open: Open;

  protected get heading(): string {
    return t("assign.title");
  }

  protected body(): TemplateResult {
    const colleagues = state.colleagues.filter(({ id }) => id !== this.open.detail?.conversation.owner_id);
    if (colleagues.length === 0) return html`<p>${t("assign.nobody")}</p>`;
    return html`<p>${t("assign.text")}</p>
      <ul class="choices-list">
        ${colleagues.map(
          (one) => html`<li>
            <button type="button" class="choice" ?disabled=${this.busy} @click=${() => this.give(one.id, one.name)}>
              <strong>${one.name}</strong>
              <span class="state-dot ${one.online ? one.presence : "gone"}">${one.online ? label("presence", one.presence) : t("presence.offline")}</span>
            </button>
          </li>`,
        )}
      </ul>`;
  }

  protected override buttons(): TemplateResult {
    return this.cancel();
  }

  private async give(id: string, name: string): Promise<void> {
    if (!(await this.perform(() => api.assign(this.open.id, id)))) return;
    state.say(t("assign.done", { name }));
    void state.refreshQueue();
    await this.open.load();
  }
}

customElements.define("desk-assign", Assign);
