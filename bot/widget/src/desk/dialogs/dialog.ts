// What the desk's dialogs share: they open over the page, close with Escape or a button, and give the focus back.
import { html, nothing, type TemplateResult } from "lit";
import { asApiError, type ApiError } from "../api";
import { DeskElement } from "../element";
import { cross, warning } from "../icons";
import { said } from "../refusal";
import { t } from "../words";

export abstract class Dialog extends DeskElement {
  static override properties = { shown: { state: true }, error: { state: true }, busy: { state: true } };
  declare protected shown: boolean;
  declare protected error: ApiError | null;
  declare protected busy: boolean;

  constructor() {
    super();
    this.shown = false;
    this.error = null;
    this.busy = false;
  }

  /** The heading. */
  protected abstract get heading(): string;
  /** What stands between heading and buttons. */
  protected abstract body(): TemplateResult;
  /** The buttons; by default one that closes. */
  protected buttons(): TemplateResult {
    return html`<button type="button" class="ds-button" data-variant="secondary" @click=${() => this.close()}>${t("app.close")}</button>`;
  }

  protected get wide(): boolean {
    return false;
  }

  async show(): Promise<void> {
    if (this.shown) return;
    this.error = null;
    this.busy = false;
    this.shown = true;
    await this.updateComplete;
    const dialog = this.find<HTMLDialogElement>("dialog");
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  close(): void {
    this.find<HTMLDialogElement>("dialog")?.close();
  }

  /** Do what the dialog is for, once however often it is pressed; it closes when that worked. */
  protected async perform(action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await action();
      this.close();
      return true;
    } catch (error) {
      this.error = asApiError(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  protected cancel(words = t("app.cancel")): TemplateResult {
    return html`<button type="button" class="ds-button" data-variant="tertiary" @click=${() => this.close()}>${words}</button>`;
  }

  /** Why it did not work, in words. */
  protected get refused(): string {
    return this.error ? said(this.error) : "";
  }

  protected refusal(): TemplateResult {
    return html`<div role="alert">${this.error ? html`<p class="refusal">${warning}<span>${this.refused}</span></p>` : nothing}</div>`;
  }

  private closed(event: Event): void {
    if (event.target === this.find("dialog")) this.shown = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const id = `${this.localName}-heading`;
    return html`<dialog class="ds-dialog ${this.wide ? "wide" : ""}" aria-labelledby=${id} @close=${this.closed}>
      <div class="dialog-head">
        <h2 id=${id}>${this.heading}</h2>
        <button type="button" class="plain" @click=${() => this.close()}>${cross}<span class="ds-sr-only">${t("app.close")}</span></button>
      </div>
      ${this.body()} ${this.refusal()}
      <div class="dialog-foot">${this.buttons()}</div>
    </dialog>`;
  }
}
