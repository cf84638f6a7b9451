// <smelt-launcher>: the round button on somebody's website, and the panel it opens. Nothing connects or is stored
// before the visitor opens it; a conversation begun earlier goes on in the background, so that answers are counted.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { text, type Key, type Values } from "../i18n";
import { Drawn, sheet, watch } from "./element";
import { cross, speech } from "./icons";
import styles from "./launcher.css";
import { memory } from "./memory";
import type { SmeltChat } from "./smelt-chat";
import "./smelt-chat";
import { classes, onChange, type Wish } from "./theme";

/** Smaller than this, the panel is the whole screen, and the page behind it out of reach. */
const phone = matchMedia("(max-width: 30em), (max-height: 26em)");
const MOST_SHOWN = 9;

const STYLES = sheet(styles);

export class Launcher extends Drawn {
  declare language: string;
  declare theme: Wish;
  declare private opened: boolean;
  /** Whether there is a chat behind the button yet. */
  declare private used: boolean;
  declare private unread: number;

  private token: string | null = null;
  private stopWatching: (() => void) | undefined;
  private readonly refit = (): void => this.fit();

  constructor() {
    super(STYLES);
    this.language = "nb";
    this.theme = "auto";
    this.opened = false;
    this.used = memory.conversation !== null;
    this.unread = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopWatching = onChange(() => this.requestUpdate());
    phone.addEventListener("change", this.refit);
    visualViewport?.addEventListener("resize", this.refit);
    // Moved to another body of the page, an open panel stands as it stood.
    void this.updateComplete.then(this.refit);
  }

  disconnectedCallback(): void {
    this.stopWatching?.();
    phone.removeEventListener("change", this.refit);
    visualViewport?.removeEventListener("resize", this.refit);
  }

  // --- for the website ------------------------------------------------------------------------------------------

  async open(): Promise<void> {
    if (this.opened) return;
    this.used = this.opened = true;
    await this.updateComplete;
    this.fit();
    await this.chat?.updateComplete;
    this.chat?.focusField();
    this.tell("opened");
  }

  close(): void {
    if (!this.opened) return;
    this.opened = false;
    this.dialog?.close();
    this.renderRoot.querySelector<HTMLElement>(".round")?.focus();
    this.tell("closed");
  }

  /** Who the website says the visitor is. Used at once when the chat is in use, else when it is opened. */
  signIn(token: string): void {
    this.token = token;
    if (this.chat) this.chat.signIn({ token });
  }

  signOut(): void {
    this.token = null;
    if (this.chat) this.chat.signOut();
    else memory.visitor = null;
  }

  // --- what happens ---------------------------------------------------------------------------------------------

  private get chat(): SmeltChat | null {
    return this.renderRoot.querySelector("smelt-chat");
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  protected override updated(): void {
    if (this.token !== null && this.chat) {
      this.chat.signIn({ token: this.token });
      this.token = null;
    }
  }

  /** Beside the page where there is room for both; over it, and then alone in reach, where there is not. */
  private fit(): void {
    const dialog = this.dialog;
    if (!dialog || !this.opened) return;
    if (!dialog.open || dialog.matches(":modal") !== phone.matches) {
      dialog.close();
      if (phone.matches) dialog.showModal();
      else dialog.show();
    }
    // The keyboard of a phone covers the end of the screen, which is where one writes.
    dialog.style.height = phone.matches && visualViewport ? `${visualViewport.height}px` : "";
  }

  private counted(): void {
    const unread = this.chat?.session.unread ?? 0;
    if (unread === this.unread) return;
    this.unread = unread;
    this.tell("unread", unread);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // A question in front of the chat closes itself and nothing else.
    if (this.chat?.renderRoot.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.close();
  }

  private toggle(): void {
    if (this.opened) this.close();
    else void this.open();
  }

  // --- what is seen ---------------------------------------------------------------------------------------------

  private t(key: Key, values: Values = {}): string {
    return text(this.language, key, values);
  }

  private get label(): string {
    if (this.opened) return this.t("chat.close");
    if (this.unread === 0) return this.t("launcher.open");
    return this.t(this.unread === 1 ? "launcher.unread.one" : "launcher.unread", { count: this.unread });
  }

  protected override render(): TemplateResult {
    const count = this.unread > MOST_SHOWN ? `${MOST_SHOWN}+` : this.unread;
    return html`<div class="${classes(this.theme)} place" lang=${this.language} @keydown=${this.key}>
      ${this.used ? this.panel() : nothing}
      <button type="button" class="round" aria-expanded=${this.opened} aria-haspopup="dialog" @click=${this.toggle}>
        ${this.opened ? cross : speech}<span class="unseen">${this.label}</span>
        ${this.unread > 0 && !this.opened ? html`<span class="count" aria-hidden="true">${count}</span>` : nothing}
      </button>
      <span role="status" class="unseen">${this.unread > 0 && !this.opened ? this.label : nothing}</span>
    </div>`;
  }

  private panel(): TemplateResult {
    return html`<dialog
      aria-label=${this.t("launcher.panel")}
      @cancel=${(event: Event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        this.close();
      }}
    >
      <smelt-chat
        panel
        .language=${this.language}
        .theme=${this.theme}
        .visible=${this.opened}
        @smelt-change=${this.counted}
        @smelt-close=${this.close}
        @smelt-language=${(event: CustomEvent<string>) => (this.language = event.detail)}
      ></smelt-chat>
    </dialog>`;
  }
}

watch(Launcher, "language", "theme", "opened", "used", "unread");
customElements.define("smelt-launcher", Launcher);
