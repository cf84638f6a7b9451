// <smelt-chat>: the conversation. It owns the transcript and the connection; how things look is in message.ts and CSS.
import { html, LitElement, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { text, type Key, type Values } from "../i18n";
import { config } from "./config";
import { Connection, type Link } from "./connection";
import { examples, weekAhead } from "./examples";
import { down, mould, person, restart, send, warning } from "./icons";
import { memory, type Visitor } from "./memory";
import { message } from "./message";
import type { Choice, Config, Owner } from "./protocol";
import type { SignIn } from "./sign-in";
import "./sign-in";
import { Transcript, type Item } from "./transcript";
import base from "./base.css";
import styles from "./chat.css";

const TYPING_MS = 20_000;
const NEAR_END_PX = 60;
const NEAR_LIMIT = 0.9;

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class SmeltChat extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(styles)];
  static override properties = {
    language: { reflect: true },
    foundry: {},
    about: { state: true },
    link: { state: true },
    typing: { state: true },
    owner: { state: true },
    visitor: { state: true },
    draft: { state: true },
    away: { state: true },
  };

  /** Language of the interface; the assistant is told with every message. */
  declare language: string;
  /** Name of the foundry until the server has said it. */
  declare foundry: string;
  declare private about: Config | null;
  declare private link: Link;
  declare private typing: boolean;
  declare private owner: { who: Owner; name: string };
  declare private visitor: Visitor | null;
  declare private draft: string;
  /** Whether the reader has scrolled away from the end. */
  declare private away: boolean;

  private readonly transcript = new Transcript();
  private readonly underway = new Set<string>();
  private token: string | null = null;
  private wasLost = false;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly connection = new Connection(
    {
      link: (state) => this.linked(state),
      confirmed: (token) => this.confirmed(token),
      replayed: (messages, truncated) => this.change(() => this.transcript.replay(messages, truncated)),
      said: (said) => this.change(() => this.transcript.receive(said)),
      own: (own) => this.change(() => this.transcript.echo(own)),
      advanced: (clientId, state) => this.change(() => this.transcript.advance(clientId, state)),
      typing: (on) => this.setTyping(on),
      owned: (who, name) => (this.owner = { who, name }),
      refused: () => this.expired(),
    },
    () => ({ session_id: this.token, last_seq: this.transcript.lastSeq, language: this.language }),
  );

  constructor() {
    super();
    this.language = "nb";
    this.foundry = "";
    this.about = null;
    this.link = "idle";
    this.typing = false;
    this.owner = { who: "assistant", name: "" };
    this.visitor = memory.visitor;
    this.token = memory.conversation;
    this.draft = "";
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void config().then((about) => (this.about = about));
    if (this.token !== null || this.visitor !== null) this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.connection.close();
  }

  /** Go on as a signed-in contact, with a token of the website. A conversation begun as a stranger goes along. */
  signIn(visitor: Visitor): void {
    if (this.visitor !== null) this.forget();
    this.connection.close();
    this.visitor = visitor;
    memory.visitor = visitor;
    this.open();
    this.field?.focus();
  }

  /** Forget who this is, and the conversation with it. */
  signOut(): void {
    this.forget();
    this.field?.focus();
  }

  // --- what happens ---------------------------------------------------------------------------------------------

  private open(): void {
    this.connection.open(this.visitor?.token ?? null);
  }

  /** Leave the conversation here and in the browser's memory. */
  private leave(): void {
    this.connection.close();
    this.underway.clear();
    this.setTyping(false);
    this.owner = { who: "assistant", name: "" };
    this.token = null;
    this.wasLost = false;
    memory.conversation = null;
    this.change(() => this.transcript.clear());
  }

  private forget(): void {
    this.leave();
    this.visitor = null;
    memory.visitor = null;
  }

  private expired(): void {
    const unsent = this.transcript.unsent.map((item) => item.text).join("\n");
    this.forget();
    if (this.draft === "") this.draft = unsent;
    this.change(() => this.transcript.notice(this.t("sign.expired")));
  }

  private linked(state: Link): void {
    this.link = state;
    if (state === "lost") {
      this.wasLost = true;
      this.setTyping(false);
    }
  }

  private confirmed(token: string): void {
    if (this.token !== null && token !== this.token) this.transcript.keepUnsent();
    this.token = token;
    this.remember();
    for (const item of this.transcript.unsent) void this.deliver(item);
    this.requestUpdate();
  }

  /** The conversation is written down once something has been said in it. */
  private remember(): void {
    if (this.token === null || (this.transcript.all.length === 0 && this.visitor === null)) return;
    memory.conversation = this.token;
    memory.language = this.language;
  }

  private write(words: string, payload?: string): void {
    const item = this.transcript.write(newId(), words, payload);
    this.away = false;
    this.open();
    this.remember();
    if (this.connection.ready) void this.deliver(item);
    this.requestUpdate();
  }

  private async deliver(item: Item): Promise<void> {
    const { key: clientId, text: words, payload } = item;
    if (this.underway.has(clientId)) return;
    this.underway.add(clientId);
    const answer = await this.connection.send({ clientId, message: payload ?? words, language: this.language });
    this.underway.delete(clientId);
    this.change(() => {
      if (answer?.ok) this.transcript.acknowledge(clientId, answer.seq);
      else if (answer) this.transcript.fail(clientId, this.t(`refused.${answer.error}`));
      else if (this.connection.ready) this.transcript.fail(clientId);
    });
  }

  private retry(item: Item): void {
    this.change(() => {
      item.delivery = "sending";
      item.problem = undefined;
    });
    this.open();
    if (this.connection.ready) void this.deliver(item);
    this.field?.focus();
  }

  private setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    this.typing = on;
    if (on) this.typingTimer = setTimeout(() => (this.typing = false), TYPING_MS);
  }

  private change(action: () => void): void {
    action();
    this.requestUpdate();
  }

  // --- the reader's place ---------------------------------------------------------------------------------------

  private get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  private get log(): HTMLElement | null {
    return this.renderRoot.querySelector("[role=log]");
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has("draft" as keyof SmeltChat)) this.fitField();
    if (!this.away) this.toEnd();
  }

  /** As high as its text: one style set by script, which a strict policy allows. */
  private fitField(): void {
    const field = this.field;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  private toEnd(): void {
    const log = this.log;
    if (log) log.scrollTop = this.transcript.all.length === 0 ? 0 : log.scrollHeight;
  }

  private scrolled(): void {
    const log = this.log;
    if (log) this.away = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX;
  }

  /** After a chosen reply the button is gone: the field gets the focus, or the log where a keyboard would pop up. */
  private refocus(): void {
    const target = matchMedia("(pointer: coarse)").matches ? this.log : this.field;
    target?.focus({ preventScroll: true });
  }

  // --- what the visitor does ------------------------------------------------------------------------------------

  private get overLimit(): number {
    return [...this.draft].length - (this.about?.max_message_chars ?? Infinity);
  }

  private submit(event?: Event): void {
    event?.preventDefault();
    const words = this.draft.trim();
    if (words === "" || this.overLimit > 0) return;
    this.draft = "";
    this.write(words);
    this.field?.focus();
  }

  private choose(choice: Choice): void {
    this.write(choice.title, choice.payload === choice.title ? undefined : choice.payload);
    this.refocus();
  }

  private keyInField(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  /** Escape leads back to writing, from wherever one was reading or choosing. */
  private keyAnywhere(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented) this.field?.focus();
  }

  private askRestart(): void {
    this.renderRoot.querySelector<HTMLDialogElement>("#restart")?.showModal();
  }

  private startAgain(): void {
    this.renderRoot.querySelector<HTMLDialogElement>("#restart")?.close();
    this.leave();
    this.field?.focus();
  }

  // --- what is seen ---------------------------------------------------------------------------------------------

  private t(key: Key, values: Values = {}): string {
    return text(this.language, key, { foundry: this.about?.foundry.name ?? this.foundry, ...values });
  }

  /** Who answers, in words: the visitor is never left to guess whether it is a machine. */
  private get kind(): string {
    const { who, name } = this.owner;
    if (who === "person") return name === "" ? this.t("chat.kind.person") : this.t("chat.kind.name", { name });
    return this.t(`chat.kind.${who}`);
  }

  override render(): TemplateResult {
    return html`
      <section aria-labelledby="name" lang=${this.language} @keydown=${this.keyAnywhere}>
        ${this.header()} ${this.linkState()} ${this.conversation()} ${this.composer()}
        <smelt-sign-in
          .language=${this.language}
          @signed-in=${(event: CustomEvent<Visitor>) => this.signIn(event.detail)}
        ></smelt-sign-in>
        ${this.restartDialog()}
      </section>
    `;
  }

  private header(): TemplateResult {
    const human = this.owner.who === "person";
    return html`
      <header>
        <span class="mark">${human ? person : mould}</span>
        <div class="who">
          <h2 id="name">${this.t(human ? "chat.name.person" : "chat.name")}</h2>
          <p aria-live="polite">${this.kind}</p>
        </div>
        ${this.visitor === null ? this.signInButton() : nothing}
      </header>
      ${this.visitor === null ? nothing : this.identity(this.visitor)}
    `;
  }

  private signInButton(): TemplateResult | typeof nothing {
    if (!this.about?.demo) return nothing;
    const show = (): void => void this.renderRoot.querySelector<SignIn>("smelt-sign-in")?.show();
    return html`<button type="button" class="onDark" @click=${show}>${this.t("sign.in")}</button>`;
  }

  private identity(visitor: Visitor): TemplateResult {
    return html`<div class="identity">
      <p>${this.t("sign.as", { name: visitor.name, company: visitor.company })}</p>
      <button type="button" class="link" @click=${this.signOut}>${this.t("sign.out")}</button>
    </div>`;
  }

  private linkState(): TemplateResult {
    const lost = this.link === "lost";
    return html`<div role="status" class="link-state">
      ${lost ? html`<p class="lost">${warning}<span>${this.t("link.lost")}</span></p>` : nothing}
      ${!lost && this.wasLost && this.link === "online" ? html`<p class="unseen">${this.t("link.back")}</p>` : nothing}
    </div>`;
  }

  private conversation(): TemplateResult {
    const items = this.transcript.all;
    const around = {
      language: this.language,
      foundry: this.about?.foundry.name ?? this.foundry,
      online: this.link === "online",
      retry: (item: Item) => this.retry(item),
    };
    return html`
      <div class="frame">
        <div role="log" aria-live="polite" aria-label=${this.t("chat.log")} tabindex="0" @scroll=${this.scrolled}>
          ${this.welcome(items.length === 0)}
          ${repeat(items, (item) => item.key, (item, index) => message(item, items[index - 1], around))} ${this.choices()}
        </div>
        ${this.away ? this.latestButton() : nothing}
        <div role="status" class="typing">
          ${this.typing
            ? html`<span class="dots"><i></i><i></i><i></i></span>
                <span>${this.t(this.owner.who === "person" ? "chat.typing.person" : "chat.typing")}</span>`
            : nothing}
        </div>
      </div>
    `;
  }

  private welcome(first: boolean): TemplateResult | typeof nothing {
    if (!first) return nothing;
    const today = this.about?.today ? new Date(this.about.today) : new Date();
    const week = weekAhead(today);
    return html`<div class="welcome">
      <p class="hello">${this.t("chat.welcome")}</p>
      <h3>${this.t("chat.examples")}</h3>
      <ul>
        ${examples.map(({ topic, question }) => {
          const words = this.t(question, { week });
          return html`<li>
            <button type="button" @click=${() => this.choose({ title: words, payload: words })}>
              <small>${this.t(topic)}</small><span>${words}</span>
            </button>
          </li>`;
        })}
      </ul>
    </div>`;
  }

  private choices(): TemplateResult | typeof nothing {
    const choices = this.transcript.choices;
    if (choices.length === 0) return nothing;
    return html`<div class="choices" role="group" aria-label=${this.t("message.choices")}>
      ${choices.map((choice) => html`<button type="button" @click=${() => this.choose(choice)}>${choice.title}</button>`)}
    </div>`;
  }

  private latestButton(): TemplateResult {
    const go = (): void => {
      this.away = false;
      this.toEnd();
      this.field?.focus({ preventScroll: true });
    };
    return html`<button type="button" class="latest" @click=${go}>${down}${this.t("chat.latest")}</button>`;
  }

  private composer(): TemplateResult {
    const toPerson = (): void => this.choose({ title: this.t("chat.person"), payload: "/human" });
    return html`
      <form @submit=${this.submit} @focusin=${this.open}>
        <div class="field">
          <label class="unseen" for="draft">${this.t("write.label")}</label>
          <textarea
            id="draft"
            rows="1"
            enterkeyhint="send"
            placeholder=${this.t("write.placeholder")}
            aria-describedby="hint length"
            aria-invalid=${this.overLimit > 0 ? "true" : nothing}
            .value=${this.draft}
            @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
            @keydown=${this.keyInField}
          ></textarea>
          <button type="submit" class="send" ?disabled=${this.overLimit > 0}>${send}<span>${this.t("write.send")}</span></button>
        </div>
        ${this.length()}
        <div class="foot">
          <button type="button" @click=${toPerson}>${person}${this.t("chat.person")}</button>
          ${this.transcript.all.length > 0
            ? html`<button type="button" class="quiet" @click=${this.askRestart}>
                ${restart}<span>${this.t("chat.new")}</span>
              </button>`
            : nothing}
          <p id="hint">${this.t("write.hint")}</p>
        </div>
      </form>
    `;
  }

  private length(): TemplateResult {
    const max = this.about?.max_message_chars ?? Infinity;
    const over = this.overLimit;
    if (over > 0) return html`<p id="length" class="length failed" role="alert">${this.t("write.over", { count: over })}</p>`;
    const near = -over <= max * (1 - NEAR_LIMIT);
    return html`<p id="length" class="length">${near ? this.t("write.left", { count: -over }) : nothing}</p>`;
  }

  private restartDialog(): TemplateResult {
    const close = (): void => this.renderRoot.querySelector<HTMLDialogElement>("#restart")?.close();
    return html`<dialog id="restart" aria-labelledby="restart-ask">
      <p id="restart-ask">${this.t("chat.new.ask")}</p>
      <div class="foot">
        <button type="button" class="main" @click=${this.startAgain}>${this.t("chat.new.yes")}</button>
        <button type="button" @click=${close}>${this.t("chat.cancel")}</button>
      </div>
    </dialog>`;
  }
}

customElements.define("smelt-chat", SmeltChat);
