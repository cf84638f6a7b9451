// Where the visitor writes, adds files, and finds the way to a person.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { composing } from "./composing";
import { badge, clip, person, send } from "./icons";
import type { Chat } from "./part";

const NEAR_LIMIT = 0.9;
const WRITING_MS = 5_000;

/** How a link to `/human` or `/identify` is said: as the words on its button. */
type Wish = { key: "chat.person" | "chat.identify"; payload: "/human" | "/identify" };

export class Composer {
  private draft = "";
  private stillWriting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly chat: Chat) {}

  focus(): void {
    this.field?.focus({ preventScroll: true });
  }

  /** Words that could not be sent come back, unless others stand there by now. */
  restore(words: string): void {
    if (this.draft === "") this.set(words);
  }

  /** As high as its text: one style set by script, which a strict policy allows. */
  fit(): void {
    const field = this.field;
    const row = field?.parentElement;
    if (!field || !row) return;
    // Held while it is measured: else the log above would be higher for a moment, and lose the reader's place.
    row.style.minHeight = `${row.offsetHeight}px`;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
    row.style.minHeight = "";
  }

  /** Files that were dropped, pasted or chosen. */
  attach(files: FileList | null | undefined): void {
    if (!files || files.length === 0) return;
    this.chat.session.outbox.attach(files);
  }

  private get field(): HTMLTextAreaElement | null {
    return this.chat.renderRoot.querySelector("#draft");
  }

  private get limit(): number {
    return this.chat.session.about?.max_message_chars ?? Infinity;
  }

  private get over(): number {
    return [...this.draft].length - this.limit;
  }

  private set(words: string): void {
    this.draft = words;
    this.chat.requestUpdate();
  }

  private typed(event: Event): void {
    this.set((event.target as HTMLTextAreaElement).value);
    clearTimeout(this.stillWriting);
    this.tell(this.draft !== "");
    this.stillWriting = setTimeout(() => this.tell(false), WRITING_MS);
  }

  private tell(writing: boolean): void {
    const { owner, presence } = this.chat.session;
    presence.writing(writing, owner.who);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const words = this.draft.trim();
    if (words === "" || this.over > 0) return;
    clearTimeout(this.stillWriting);
    this.tell(false);
    this.set("");
    this.chat.session.outbox.write(words);
    this.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !composing(event)) this.submit(event);
  }

  private paste(event: ClipboardEvent): void {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.attach(event.clipboardData.files);
  }

  private choose(): void {
    this.chat.renderRoot.querySelector<HTMLInputElement>("#files")?.click();
  }

  private chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.attach(input.files);
    input.value = "";
    this.focus();
  }

  render(): TemplateResult {
    const { session } = this.chat;
    const { t } = session;
    return html`
      <form class="write" @submit=${(event: Event) => this.submit(event)} @focusin=${() => session.open()}>
        <div class="field">
          <button type="button" class="icon quiet" @click=${() => this.choose()}>
            ${clip}<span class="unseen">${t("file.add")}</span>
          </button>
          <input id="files" type="file" multiple hidden aria-label=${t("file.add")} @change=${(e: Event) => this.chosen(e)} />
          <label class="unseen" for="draft">${t(session.owner.who === "person" ? "write.label.person" : "write.label")}</label>
          <textarea
            id="draft"
            rows="1"
            enterkeyhint="send"
            placeholder=${t("write.placeholder")}
            aria-describedby="hint length"
            aria-invalid=${this.over > 0 ? "true" : nothing}
            .value=${this.draft}
            @input=${(event: Event) => this.typed(event)}
            @keydown=${(event: KeyboardEvent) => this.key(event)}
            @paste=${(event: ClipboardEvent) => this.paste(event)}
          ></textarea>
          <button type="submit" class="send" ?disabled=${this.over > 0}>${send}<span>${t("write.send")}</span></button>
        </div>
        ${this.length()}
        <div class="foot">
          ${this.wishes()}
          <p id="hint">${t("write.hint")}</p>
        </div>
      </form>
    `;
  }

  /** A person, until one is coming; and showing who one is, until that is known. */
  private wishes(): TemplateResult {
    const { owner, visitor } = this.chat.session;
    const asked = owner.who === "person" || owner.who === "waiting";
    return html`${asked ? nothing : this.wish({ key: "chat.person", payload: "/human" }, person)}
    ${visitor ? nothing : this.wish({ key: "chat.identify", payload: "/identify" }, badge)}`;
  }

  private wish({ key, payload }: Wish, icon: TemplateResult): TemplateResult {
    const say = (): void => {
        this.chat.session.outbox.write(this.chat.session.t(key), payload);
      this.focus();
    };
    return html`<button type="button" @click=${say}>${icon}${this.chat.session.t(key)}</button>`;
  }

  private length(): TemplateResult {
    const { t } = this.chat.session;
    const { over } = this;
    if (over > 0) return html`<p id="length" class="length failed" role="alert">${t("write.over", { count: over })}</p>`;
    const near = -over <= this.limit * (1 - NEAR_LIMIT);
    return html`<p id="length" class="length">${near ? t("write.left", { count: -over }) : nothing}</p>`;
  }
}
