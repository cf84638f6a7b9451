// <smelt-chat>: the conversation on the screen. What happens is in session.ts, how its parts look in their own files.
import { html, nothing, type TemplateResult } from "lit/html.js";
import cards from "./cards.css";
import styles from "./chat.css";
import { Composer } from "./composer";
import { dialogs } from "./dialogs";
import { Drawn, sheet, watch } from "./element";
import { header } from "./header";
import { Log } from "./log";
import { memory, type Visitor } from "./memory";
import { show, type Chat } from "./part";
import { Refused } from "./server";
import { Session, type Sure } from "./session";
import { classes, onChange, type Wish } from "./theme";

const STYLES = [styles, cards].map(sheet);

export class SmeltChat extends Drawn implements Chat {
  /** Language of the interface; the assistant is told with every message. */
  declare language: string;
  declare theme: Wish;
  /** Whether it is on the screen; false while the widget's panel is closed. */
  declare visible: boolean;
  declare private dropping: boolean;

  readonly session = new Session(() => this.requestUpdate());
  private readonly log = new Log(this);
  private readonly composer = new Composer(this);
  private stopWatching: (() => void) | undefined;
  private running = false;
  private readonly seeAgain = (): void => this.requestUpdate();

  constructor() {
    super(...STYLES);
    this.language = "nb";
    this.theme = "auto";
    this.dropping = false;
    this.visible = true;
    this.session.returned = (words) => this.composer.restore(words);
    this.session.answeredIn = (language) => this.turnTo(language);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.seeAgain);
    this.stopWatching = onChange(this.seeAgain);
    if (!this.running) this.session.start();
    this.running = true;
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.seeAgain);
    this.stopWatching?.();
    // Moved within the page, it is back by then, and what is on its way goes on.
    setTimeout(() => {
      if (this.isConnected || !this.running) return;
      this.running = false;
      this.session.stop();
    });
  }

  /** Go on as a signed-in contact, with a token of the website. A conversation begun as a stranger goes along. */
  signIn(visitor: Visitor): void {
    this.session.signIn(visitor);
  }

  /** Forget who this is, and the conversation with it. */
  signOut(): void {
    this.session.signOut();
  }

  /**
   * Come back through a mailed link. What does not work is said; a link without a key asks for the mailed code.
   * False when nobody answered, so that it may work later. `sure`: asked before another conversation is left for it.
   */
  async resume(token: string, sure?: Sure): Promise<boolean> {
    if (token === "") {
      await this.updateComplete;
      show(this, "code");
      return true;
    }
    try {
      await this.session.resume({ token }, sure);
    } catch (error) {
      const refused = error instanceof Refused;
      this.session.tell(refused ? "resume.failed" : "failed");
      return refused;
    }
    return true;
  }

  /** Speak another language, and ask the assistant to. */
  speak(language: string): void {
    this.turnTo(language);
    this.session.speak(language);
  }

  /** Put the interface into the language that is spoken. */
  private turnTo(language: string): void {
    this.language = language;
    if (memory.conversation !== null) memory.language = language;
    this.dispatchEvent(new CustomEvent("smelt-language", { detail: language, bubbles: true, composed: true }));
  }

  focusField(): void {
    this.composer.focus();
  }

  /** Whether it sits in the widget's panel. */
  get panel(): boolean {
    return this.hasAttribute("panel");
  }

  protected override updated(): void {
    this.composer.fit();
    const seen = this.log.follow();
    if (seen && this.visible && document.visibilityState === "visible") this.session.presence.read(this.session.transcript.lastSeq);
    this.dispatchEvent(new Event("smelt-change"));
  }

  /** On the page, Escape leads back to writing; in the panel it closes the panel, which the launcher sees to. */
  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented && !this.panel) this.focusField();
  }

  private drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.dropping = true;
  }

  private drop(event: DragEvent): void {
    this.dropping = false;
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.composer.attach(event.dataTransfer.files);
  }

  private leave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !this.renderRoot.contains(to)) this.dropping = false;
  }

  protected override render(): TemplateResult {
    this.log.look();
    this.session.language = this.language;
    this.session.foundry = this.getAttribute("foundry") ?? "";
    return html`
      <section
        class="${classes(this.theme)} chat ${this.panel ? "panel" : ""}"
        aria-labelledby="name"
        lang=${this.language}
        @keydown=${this.key}
        @dragover=${this.drag}
        @dragleave=${this.leave}
        @drop=${this.drop}
      >
        ${header(this)} ${this.log.render()} ${this.composer.render()} ${dialogs(this)}
        ${this.dropping ? html`<p class="drop">${this.session.t("file.drop.here")}</p>` : nothing}
        <smelt-sign-in
          .language=${this.language}
          .theme=${this.theme}
          @signed-in=${(event: CustomEvent<Visitor>) => {
            this.signIn(event.detail);
            this.focusField();
          }}
        ></smelt-sign-in>
      </section>
    `;
  }
}

watch(SmeltChat, "language", "theme", "visible", "dropping");
customElements.define("smelt-chat", SmeltChat);
