// <desk-composer>: where one writes, to the customer or for colleagues only. The two look, read and are labelled so
// differently that neither is taken for the other; whoever does not answer the conversation can only write notes.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { composing } from "../chat/composing";
import { fillIn, unfilled } from "./canned-text";
import type { CannedPicker } from "./canned-picker";
import { DeskElement } from "./element";
import { clip, cross, lines, lock, note as noteIcon, reply as replyIcon, send, warning } from "./icons";
import { live } from "./live";
import type { Open, Sending } from "./open";
import { state } from "./state";
import type { Canned } from "./records";
import { harmless, label, number, t } from "./words";
import "./canned-picker";

export type Mode = "reply" | "note";

const TYPING_EVERY_MS = 3_000;
const TYPING_OVER_MS = 5_000;

/** What was begun and not sent, kept while one looks elsewhere. */
const drafts = new Map<string, string>();
const modes = new Map<string, Mode>();

export class Composer extends DeskElement {
  static override properties = {
    open: { attribute: false }, draft: { state: true }, mode: { state: true }, dropping: { state: true },
  };
  declare open: Open;
  declare private draft: string;
  declare private mode: Mode;
  declare private dropping: boolean;
  private told = 0;
  private quietTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.draft = "";
    this.mode = "reply";
    this.dropping = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("open")) return;
    const before = changed.get("open") as Open | undefined;
    if (before) this.quiet(before.id);
    this.mode = modes.get(this.open.id) ?? "reply";
    this.draft = drafts.get(this.place) ?? "";
  }

  private get place(): string {
    return `${this.open.id} ${this.mode}`;
  }

  private get field(): HTMLTextAreaElement | null {
    return this.find<HTMLTextAreaElement>("textarea");
  }

  /** Whether what is written now may be sent to the customer. */
  private get locked(): boolean {
    return this.mode === "reply" && !this.open.mine;
  }

  private get gaps(): string[] {
    return this.mode === "reply" ? unfilled(this.draft) : [];
  }

  /** Go on writing, a reply or a note. */
  write(mode: Mode): void {
    this.switchTo(mode);
    void this.updateComplete.then(() => (this.field ?? this.find<HTMLElement>("[data-take]"))?.focus());
  }

  pickCanned(): void {
    if (!this.open.mine) return;
    this.switchTo("reply");
    void this.updateComplete.then(() => this.find<CannedPicker>("desk-canned-picker")?.show());
  }

  private switchTo(mode: Mode): void {
    this.mode = mode;
    modes.set(this.open.id, mode);
    this.draft = drafts.get(this.place) ?? "";
    if (mode === "note") this.quiet(this.open.id);
  }

  private typed(event: Event): void {
    const text = (event.target as HTMLTextAreaElement).value;
    if (this.mode === "reply" && this.draft === "" && text === "/") {
      (event.target as HTMLTextAreaElement).value = "";
      this.pickCanned();
      return;
    }
    this.keep(text);
    if (this.mode !== "reply") return;
    if (text.trim() === "") this.quiet(this.open.id);
    else this.tellTyping();
  }

  private keep(text: string): void {
    this.draft = text;
    if (text === "") drafts.delete(this.place);
    else drafts.set(this.place, text);
  }

  private tellTyping(): void {
    clearTimeout(this.quietTimer);
    const { id } = this.open;
    this.quietTimer = setTimeout(() => this.quiet(id), TYPING_OVER_MS);
    if (Date.now() - this.told < TYPING_EVERY_MS) return;
    this.told = Date.now();
    live.typing(id, true);
  }

  private quiet(conversation: string): void {
    clearTimeout(this.quietTimer);
    if (this.told === 0) return;
    this.told = 0;
    live.typing(conversation, false);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
    event.preventDefault();
    void this.submit();
  }

  private async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    const text = this.draft.trim();
    if (text === "" || this.locked) return;
    if (this.gaps.length > 0) {
      this.toGap();
      return;
    }
    this.keep("");
    this.quiet(this.open.id);
    this.field?.focus();
    if (this.mode === "reply") await this.open.reply(text);
    else if (!(await this.open.note(text))) this.keep(text);
    else state.say(t("note.saved"));
  }

  private insert(canned: Canned): void {
    const { field } = this;
    if (!field) return;
    const words = fillIn(canned.text, this.open);
    const before = this.draft === "" ? "" : `${this.draft.trimEnd()}\n`;
    this.keep(before + words);
    void this.updateComplete.then(() => {
      field.focus();
      if (this.gaps.length > 0) this.toGap();
      else field.setSelectionRange(field.value.length, field.value.length);
    });
  }

  /** Select the first place that nobody has filled in yet. */
  private toGap(): void {
    const [gap] = this.gaps;
    const { field } = this;
    if (!gap || !field) return;
    const at = field.value.indexOf(gap);
    field.focus();
    field.setSelectionRange(at, at + gap.length);
  }

  private attach(files: FileList | null | undefined): void {
    for (const file of files ?? []) void this.open.send(file);
  }

  override render(): TemplateResult {
    const { mine } = this.open;
    return html`<form class="composer ${this.mode} ${this.dropping ? "dropping" : ""}" @submit=${this.submit}
      @dragover=${this.dragged} @dragleave=${() => (this.dropping = false)} @drop=${this.dropped}>
      <div class="modes" role="radiogroup" aria-label=${t("write.mode")}>
        ${this.modeChoice("reply", replyIcon, t("write.reply"))} ${this.modeChoice("note", noteIcon, t("write.note"))}
      </div>
      ${this.locked ? this.lockedField() : this.openField()}
      ${this.open.sending.map((one) => this.progress(one))}
      ${mine ? html`<desk-canned-picker .open=${this.open}
        @picked=${(event: CustomEvent<Canned>) => this.insert(event.detail)} @left=${() => this.field?.focus()}></desk-canned-picker>` : nothing}
    </form>`;
  }

  private modeChoice(mode: Mode, icon: TemplateResult, words: string): TemplateResult {
    return html`<label class="mode ${mode}">
      <input type="radio" name="mode" class="ds-sr-only" .checked=${this.mode === mode} @change=${() => this.switchTo(mode)} />
      ${icon}<span>${words}</span></label>`;
  }

  private lockedField(): TemplateResult {
    const owner = this.open.detail?.conversation;
    const why =
      owner?.owner === "person" ? t("write.locked.person", { name: owner.owner_name ?? "" })
      : t(owner?.owner === "closed" ? "write.locked.closed" : owner?.owner === "waiting" ? "write.locked.waiting" : "write.locked.assistant");
    return html`<div class="locked">
      ${lock}<p>${why}</p>
      ${this.open.free
        ? html`<button type="button" class="ds-button" data-take ?disabled=${this.open.busy}
            @click=${() => this.dispatchEvent(new CustomEvent("take-over"))}>${t("talk.take")}</button>`
        : nothing}
    </div>`;
  }

  private openField(): TemplateResult {
    const note = this.mode === "note";
    const gaps = this.gaps;
    return html`<div class="writing">
      <label for="draft">${note ? html`${lock}${t("write.note.label")}` : t("write.reply.label", { name: this.to })}</label>
      <textarea id="draft" class="ds-input" rows="2" enterkeyhint="send" aria-describedby="write-hint"
        placeholder=${t(note ? "write.note.placeholder" : "write.reply.placeholder")}
        .value=${this.draft} @input=${this.typed} @keydown=${this.key}></textarea>
      <div role="alert">${gaps.length > 0 ? html`<p class="gaps">${warning}<span>${t("write.gaps", { gaps: gaps.join(", ") })}</span></p>` : nothing}</div>
      <div class="write-foot">
        ${note ? nothing : this.extras()}
        <p id="write-hint" class="hint">${t("write.hint")}</p>
        <button type="submit" class="ds-button send">${note ? lock : send}<span>${t(note ? "write.note.save" : "write.send")}</span></button>
      </div>
    </div>`;
  }

  private get to(): string {
    return harmless(this.open.detail?.conversation.who.name) || t("who.stranger.to");
  }

  private extras(): TemplateResult {
    return html`<button type="button" class="plain" @click=${() => this.pickCanned()} aria-keyshortcuts="/">${lines}<span>${t("write.canned")}</span></button>
      <button type="button" class="plain" @click=${() => this.find<HTMLInputElement>("[type=file]")?.click()}>${clip}<span>${t("write.attach")}</span></button>
      <input type="file" multiple hidden tabindex="-1" aria-label=${t("write.attach")}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          this.attach(input.files);
          input.value = "";
        }} />`;
  }

  private progress(one: Sending): TemplateResult {
    const percent = Math.round(one.share * 100);
    return html`<div class="sending" role="group" aria-label=${one.name}>
      <span dir="auto">${harmless(one.name)}</span>
      ${one.failed
        ? html`<span class="refusal" role="alert">${warning}${label("error", one.failed.code)}</span>
            <button type="button" class="plain" @click=${() => this.open.forget(one)}>${cross}<span class="ds-sr-only">${t("app.dismiss")}</span></button>`
        : html`<progress max="100" .value=${percent} aria-label=${t("write.progress", { name: one.name })}></progress>
            <span class="percent">${t("write.percent", { percent: number(percent) })}</span>
            <button type="button" class="plain" @click=${() => one.upload.cancel()}>${cross}<span class="ds-sr-only">${t("app.cancel")}</span></button>`}
    </div>`;
  }

  private dragged(event: DragEvent): void {
    if (this.locked || this.mode === "note" || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.dropping = true;
  }

  private dropped(event: DragEvent): void {
    this.dropping = false;
    if (this.locked || this.mode === "note") return;
    event.preventDefault();
    this.attach(event.dataTransfer?.files);
  }
}

customElements.define("desk-composer", Composer);
