// What was said, from the notice at its top to the replies one can choose at its end, and the reader's place in it.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { examples, weekAhead } from "./examples";
import { down, info } from "./icons";
import { message, type Surroundings } from "./message";
import type { Chat } from "./part";
import type { Choice, FileCard } from "./protocol";
import { rating } from "./rating";
import type { Item } from "./transcript";

/** So close to the end, what is new is followed: less than the last line. */
const NEAR_END_PX = 24;
const GAP_PX = 8;
/** Replies that come so soon after each other are one answer. */
const TOGETHER_MS = 2_000;

const messages = (region: HTMLElement): HTMLElement[] => [...region.querySelectorAll<HTMLElement>(".message")];

function together(before: Item | undefined, after: Item | undefined): boolean {
  if (!before || !after || before.author === "you") return false;
  return after.at.getTime() - before.at.getTime() < TOGETHER_MS;
}

export class Log {
  /** The reader's place when it was last looked at, and how much lay below it. */
  private top = 0;
  private below = 0;
  /** Whether the newest message has begun on the screen. */
  private begun = false;
  /** Without a size, as in a closed panel, a browser forgets the place. */
  private hidden = false;
  /** What has been shown; the rest is new. */
  private readonly known = new WeakSet<Item>();
  private newest: Item | undefined;
  /** The newest message when the reader last came to the end without us. */
  private read: Item | undefined;
  private observed: Element | null = null;
  private readonly resized = new ResizeObserver(() => this.chat.requestUpdate());

  constructor(private readonly chat: Chat) {}

  /** Note where the reader is. Called before anything is drawn: afterwards the same place may be elsewhere. */
  look(): void {
    const { region } = this;
    this.hidden ||= !region?.clientHeight;
    if (!region?.clientHeight) return;
    if (this.hidden) region.scrollTop = this.top;
    this.hidden = false;
    // A place that has not moved was not left by the reader, whatever has grown or shrunk around it.
    if (region.scrollTop === this.top) return;
    this.measure(region);
    if (!this.away) this.read = this.newest;
  }

  /**
   * It was drawn. A message that has come decides the place, once, for a reader at the end; a mere redraw keeps the
   * end where it was the end, and touches nothing elsewhere. True when the newest message has begun on the screen.
   */
  follow(): boolean {
    const { region } = this;
    if (!region) return false;
    this.observe(region);
    if (!region.clientHeight) return false;
    const items = this.chat.session.transcript.all;
    const fresh = items.filter((item) => !this.known.has(item));
    for (const item of fresh) this.known.add(item);
    const another = items.length === 0 ? this.newest : fresh.length === items.length;
    const wrote = fresh.some(({ author, seq }) => author === "you" && seq === undefined);
    this.newest = items.at(-1);
    if (another || wrote || (fresh.length > 0 && !this.away)) region.scrollTop = this.place(region, items);
    else if (this.below < 2 && this.newest) region.scrollTop = region.scrollHeight;
    this.measure(region);
    return this.begun;
  }

  private focus(): void {
    this.region?.focus({ preventScroll: true });
  }

  private get region(): HTMLElement | null {
    return this.chat.renderRoot.querySelector("[role=log]");
  }

  /** Whether the end is out of sight. */
  private get away(): boolean {
    return this.below > NEAR_END_PX;
  }

  private observe(region: HTMLElement): void {
    if (region === this.observed) return;
    this.resized.disconnect();
    this.resized.observe(region);
    this.observed = region;
  }

  /** Where to read on: the end, but never past the beginning of what was answered. */
  private place(region: HTMLElement, items: readonly Item[]): number {
    let first = items.length - 1;
    if (first < 0) return 0;
    if (items[first]?.author === "you") return region.scrollHeight;
    while (first > 0 && items[first - 1] !== this.read && together(items[first - 1], items[first])) first -= 1;
    const begin = messages(region)[first]?.offsetTop ?? Infinity;
    return Math.min(begin - GAP_PX, region.scrollHeight);
  }

  private measure(region: HTMLElement): void {
    const { away, begun } = this;
    const { clientHeight, scrollHeight, scrollTop } = region;
    this.top = scrollTop;
    this.below = this.newest ? scrollHeight - clientHeight - scrollTop : 0;
    this.begun = (messages(region).at(-1)?.offsetTop ?? 0) < scrollTop + clientHeight;
    if (away !== this.away || begun !== this.begun) this.chat.requestUpdate();
  }

  private choose(choice: Choice): void {
    this.chat.session.outbox.write(choice.title, choice.payload === choice.title ? undefined : choice.payload);
    this.leaveButton();
  }

  /** The button that was pressed is gone: the field gets the focus, or the log where a keyboard would pop up. */
  private leaveButton(): void {
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
        <div role="log" class=${this.away ? "" : "end"} aria-live="polite" aria-label=${session.t("chat.log")} tabindex="0" @scroll=${() => this.look()}>
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
      const { region } = this;
      if (region) region.scrollTop = region.scrollHeight;
      this.look();
      this.leaveButton();
    };
    return html`<button type="button" class="latest" @click=${go}>${down}<span class="unseen">${this.chat.session.t("chat.latest")}</span></button>`;
  }
}
