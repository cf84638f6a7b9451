// <desk-flag>: this answer of the assistant was wrong, and this would have been right. Kept for teaching.
import { html, type TemplateResult } from "lit";
import { paragraphs } from "../../chat/format";
import { api } from "../api";
import type { Open } from "../open";
import { state } from "../state";
import type { Message } from "../types";
import { harmless, t } from "../words";
import { Dialog } from "./dialog";

export class FlagAnswer extends Dialog {
  static override properties = { ...Dialog.properties, open: { attribute: false } };
  declare open: Open;
  private said: Message | null = null;

  async ask(said: Message): Promise<void> {
    this.said = said;
    await this.show();
  }

  protected get heading(): string {
    return t("flag.title");
  }

  protected body(): TemplateResult {
    return html`<form id="flag-form" @submit=${this.submit}>
      <blockquote>${paragraphs(harmless(this.said?.text))}</blockquote>
      <div class="field">
        <label for="right-answer">${t("flag.right")}</label>
        <textarea id="right-answer" class="ds-input" rows="4" required data-first aria-describedby="flag-hint"></textarea>
        <p class="hint" id="flag-hint">${t("flag.hint")}</p>
      </div>
    </form>`;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="flag-form" class="ds-button" ?disabled=${this.busy}>${t("flag.save")}</button>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const right = this.find<HTMLTextAreaElement>("#right-answer")?.value.trim() ?? "";
    const { said } = this;
    if (right === "" || !said) return;
    if (!(await this.perform(() => api.flag(said.message_id, right)))) return;
    state.say(t("flag.saved"));
    await this.open.load();
  }
}

customElements.define("desk-flag", FlagAnswer);
