// What was said, from the notice at its top to the replies one can choose at its end, and the reader's place in it.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { examples, weekAhead } from "./examples";
import { down, info } from "./icons";
import { message, type Surroundings } from "./message";
import type { Chat } from "./part";
import type { Choice, FileCard } from "./protocol";
import { rating } from "./rating";

const NEAR_END_PX = 60;
const GAP_PX = 8;

export class Log {
  /** Whether the reader has scrolled away from the end. */
  private away = false;

  constructor(private readonly chat: Chat) {}

  /** Something new was drawn: follow it, unless the reader is elsewhere. True when the end is on the screen. */
  follow(): boolean {
    if (!this.away) this.toEnd();
    return !this.away;
  }

  /** Back to the end, because the visitor wrote. */
  return(): void {
    this.away = false;
  }

  focus(): void {
    this.region?.focus({ preventScroll: true });
  }

  private get region(): HTMLElement | null {
    return this.chat.renderRoot.querySelector("[role=log]");
  }

  /** The end; of an answer that is higher than the screen, its beginning, for that is where one reads on. */
  private toEnd(): void {
    const region = this.region;
    const last = this.chat.session.transcript.all.at(-1);
    if (!region) return;
    const answer = last && last.author !== "you" ? [...region.querySelectorAll<HTMLElement>(".message")].at(-1) : null;
    const start = answer && answer.offsetHeight > region.clientHeight ? answer.offsetTop - GAP_PX : Infinity;
    region.scrollTop = last ? Math.min(region.scrollHeight, start) : 0;
  }

  private scrolled(): void {
    const region = this.region;
    if (!region) return;
    const away = region.scrollHeight - region.scrollTop - region.clientHeight > NEAR_END_PX;
    if (away === this.away) return;
    this.away = away;
    this.chat.requestUpdate();
  }

  private choose(choice: Choice): void {
    this.return();
    this.chat.session.outbox.write(choice.title, choice.payload === choice.title ? undefined : choice.payload);
    // The button is gone: the field gets the focus, or the log where a keyboard would pop up.
    if (matchMedia("(pointer: coarse)").matches) this.focus();
    else this.chat.focusField();
  }

  private async save(file: FileCard): Promise<void> {
    if (!(await this.chat.session.save(file))) this.chat.session.tell("file.save.failed");
  }

  private get around(): Surroundings {
    const { session } = this.chat;
    return {
      language: session.language,
      foundry: session.about?.foundry.name ?? session.foundry,
      online: session.link === "online",
      seenByDesk: session.presence.seenByDesk,
      retry: (item) => {
        session.outbox.retry(item);
        this.chat.focusField();
      },
      cancel: (item) => {
        session.outbox.cancel(item);
        this.chat.focusField();
      },
      save: (file) => void this.save(file),
    };
  }

  render(): TemplateResult {
    const { session } = this.chat;
    const items = session.transcript.all;
    const around = this.around;
    return html`
      <div class="frame">
        <div role="log" aria-live="polite" aria-label=${session.t("chat.log")} tabindex="0" @scroll=${() => this.scrolled()}>
          ${this.notice()} ${items.length === 0 ? this.welcome() : nothing}
          ${items.map((item, index) => message(item, items[index - 1], around))} ${this.choices()}
          ${rating(this.chat)}
        </div>
        ${this.away ? this.latest() : nothing}
        <div role="status" class="typing">${session.presence.typing ? this.typing() : nothing}</div>
      </div>
    `;
  }

  private notice(): TemplateResult {
    const { t, keepDays } = this.chat.session;
    return html`<p class="notice">
      ${info}<span>${t("chat.notice")} ${keepDays ? t("chat.notice.kept", { days: keepDays }) : nothing}</span>
    </p>`;
  }

  private typing(): TemplateResult {
    const { owner, t } = this.chat.session;
    return html`<span class="dots"><i></i><i></i><i></i></span>
      <span>${owner.who === "person" ? t("chat.typing.person", { name: owner.name }) : t("chat.typing")}</span>`;
  }

  private welcome(): TemplateResult {
    const { about, t } = this.chat.session;
    const week = weekAhead(about?.today ? new Date(about.today) : new Date());
    return html`<div class="welcome">
      <p class="hello">${t("chat.welcome")}</p>
      <h3>${t("chat.examples")}</h3>
      <ul>
        ${examples.map(({ topic, question }) => {
          const words = t(question, { week });
          return html`<li>
            <button type="button" @click=${() => this.choose({ title: words, payload: words })}>
              <small>${t(topic)}</small><span>${words}</span>
            </button>
          </li>`;
        })}
      </ul>
    </div>`;
  }

  private choices(): TemplateResult | typeof nothing {
    const { t, transcript } = this.chat.session;
    if (transcript.choices.length === 0) return nothing;
    const last = transcript.all.at(-1)?.card;
    const confirms = last?.type === "request" && last.confirm === true;
    return html`<div class="choices ${confirms ? "confirm" : ""}" role="group" aria-label=${t("message.choices")}>
      ${transcript.choices.map(
        (choice) => html`<button type="button" @click=${() => this.choose(choice)}>${choice.title}</button>`,
      )}
    </div>`;
  }

  private latest(): TemplateResult {
    const go = (): void => {
      this.return();
      const region = this.region;
      if (region) region.scrollTop = region.scrollHeight;
      this.chat.requestUpdate();
      this.chat.focusField();
    };
    return html`<button type="button" class="latest" @click=${go}>${down}${this.chat.session.t("chat.latest")}</button>`;
  }
}
