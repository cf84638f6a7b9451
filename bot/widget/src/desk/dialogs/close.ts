// <desk-close>: end the conversation, after a question.
import { html, type TemplateResult } from "lit";
import { api } from "../api";
import type { Open } from "../open";
import { state } from "../state";
import { t } from "../words";
import { Dialog } from "./dialog";

class Close extends Dialog {
  static override properties = { ...Dialog.properties, open: { attribute: false } };
  declare open: Open;

  protected get heading(): string {
    return t("close.title");
  }

  protected body(): TemplateResult {
    return html`<p>${t("close.text")}</p>`;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="button" class="ds-button" data-first ?disabled=${this.busy} @click=${this.end}>${t("close.do")}</button>`;
  }

  private async end(): Promise<void> {
    if (!(await this.perform(() => api.close(this.open.id)))) return;
    state.say(t("close.done"));
    void state.refreshQueue();
    await this.open.load();
  }
}

customElements.define("desk-close", Close);
