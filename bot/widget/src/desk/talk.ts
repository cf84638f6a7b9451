// <desk-talk>: one conversation. Who answers and what can be done about it, what was said, where one writes.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { api } from "./api";
import type { Composer } from "./composer";
import type { Dialog } from "./dialogs/dialog";
import type { FlagAnswer } from "./dialogs/flag";
import { DeskElement } from "./element";
import { dayLine, message, note, type Around } from "./entry";
import { back, lines, mould, person, warning } from "./icons";
import type { Wish } from "./keyboard";
import type { Entry, Open, Pending } from "./open";
import { address, go } from "./route";
import { state } from "./state";
import { harmless, label, languageName, t, waited } from "./words";
import "./composer";
import "./dialogs/assign";
import "./dialogs/close";
import "./dialogs/flag";
import "./dialogs/hand-back";

const NEAR_END_PX = 80;
const TICK_MS = 1_000;

class Talk extends DeskElement {
  static override properties = { open: { attribute: false } };
  declare open: Open;
  private atEnd = true;
  private lastTop = 0;
  private wanted: "focus" | null = null;
  private watched: HTMLElement | null = null;
  /** The place to write grows and shrinks; what was read last stays in sight. */
  private readonly sizes = new ResizeObserver(() => this.toEnd());
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("desk-wish", this.wish);
    document.addEventListener("desk-opened", this.opened);
    this.timer = setInterval(() => this.open.detail?.conversation.owner === "waiting" && this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("desk-wish", this.wish);
    document.removeEventListener("desk-opened", this.opened);
    clearInterval(this.timer);
    this.sizes.disconnect();
    this.watched = null;
  }

  private readonly opened = (): void => {
    this.wanted = "focus";
    this.requestUpdate();
  };

  private readonly wish = (event: Event): void => {
    const { detail } = event as CustomEvent<Wish>;
    const composer = this.find<Composer>("desk-composer");
    if (detail === "take") this.takeOver();
    else if (detail === "reply" || detail === "note") composer?.write(detail);
    else if (detail === "canned") composer?.pickCanned();
    else this.dialog({ hand_back: "desk-hand-back", assign: "desk-assign", close: "desk-close" }[detail]);
  };

  private takeOver(): void {
    if (!this.open.free) return;
    void this.open.act(() => api.takeOver(this.open.id)).then((done) => {
      if (!done) return;
      state.say(t("talk.taken.by_me"));
      void this.updateComplete.then(() => this.goOnWriting());
    });
  }

  /** Whoever has begun to write already is left alone. */
  private goOnWriting(): void {
    const composer = this.find<Composer>("desk-composer");
    if (composer && !composer.querySelector(":is(textarea, input):focus")) composer.write("reply");
  }

  private dialog(name: string): void {
    const { mine, free, mayAssign } = this.open;
    const may = name === "desk-close" ? mine || free : name === "desk-assign" ? mayAssign : mine;
    if (may) void this.find<Dialog>(name)?.show();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("open")) {
      this.atEnd = true;
      if (changed.get("open") === undefined) this.wanted = "focus";
    }
  }

  protected override updated(): void {
    const log = this.find("[role=log]");
    if (!log) return;
    if (log !== this.watched) {
      this.sizes.disconnect();
      this.sizes.observe(log);
      this.watched = log;
    }
    this.toEnd();
    if (this.wanted === "focus" && this.open.detail) {
      this.wanted = null;
      if (this.open.mine) this.find<Composer>("desk-composer")?.write("reply");
      else this.find<HTMLElement>("h2")?.focus({ preventScroll: true });
    }
  }

  private toEnd(): void {
    if (this.atEnd && this.watched) this.watched.scrollTop = this.watched.scrollHeight;
  }

  private scrolled(event: Event): void {
    const log = event.target as HTMLElement;
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    // Only a reader who goes up leaves the end; the log also moves when what is below it grows.
    if (near || log.scrollTop < this.lastTop) this.atEnd = near;
    this.lastTop = log.scrollTop;
  }

  override render(): TemplateResult {
    const { detail, problem } = this.open;
    if (!detail)
      return html`<section class="talk empty" aria-busy=${problem === null}>
        <a class="back" href=${address("conversations")}>${back}<span>${t("nav.conversations")}</span></a>
        <p role=${problem ? "alert" : nothing}>${problem ? label("error", problem.code) : t("app.loading")}</p>
      </section>`;
    return html`<section class="talk" aria-labelledby="talk-heading">
      ${this.head()} ${this.owner()}
      <div role="log" tabindex="0" aria-label=${t("talk.log")} @scroll=${this.scrolled}>${this.entries()}</div>
      <p class="typing" role="status">${this.open.customerTyping ? t("talk.typing") : nothing}</p>
      <desk-composer .open=${this.open} @take-over=${() => this.takeOver()}></desk-composer>
      <desk-hand-back .open=${this.open}></desk-hand-back><desk-assign .open=${this.open}></desk-assign>
      <desk-close .open=${this.open}></desk-close><desk-flag .open=${this.open}></desk-flag>
    </section>`;
  }

  private get name(): string {
    return harmless(this.open.detail?.conversation.who.name) || t("who.stranger");
  }

  private head(): TemplateResult {
    const row = this.open.detail?.conversation;
    const facts = [harmless(row?.who.company), languageName(row?.language ?? null), row?.online ? t("who.online") : t("who.offline")];
    return html`<header class="talk-head">
      <a class="back" href=${address("conversations")}>${back}<span class="ds-sr-only">${t("talk.back")}</span></a>
      <div class="talk-who">
        <h2 id="talk-heading" tabindex="-1" dir="auto">${this.name}</h2>
        <p>${facts.filter((fact) => fact !== "").map((fact) => html`<span dir="auto">${fact}</span>`)}
          ${row?.who.proved === null ? html`<span class="unproven">${warning}${t("who.unproven.short")}</span>` : nothing}</p>
      </div>
      <button type="button" class="plain to-details" @click=${() => go("conversations", this.open.id, true)}>
        ${lines}<span>${t("talk.details")}</span></button>
    </header>`;
  }

  /** Who answers now, in words and colour, and the ways to change it. */
  private owner(): TemplateResult {
    const row = this.open.detail?.conversation;
    const { mine, free, mayAssign, busy } = this.open;
    const who = row?.owner ?? "assistant";
    const says =
      who === "person" ? (mine ? t("owner.me") : t("owner.person", { name: row?.owner_name ?? "" }))
      : who === "waiting" ? t("owner.waiting", { time: waited(row?.since ?? "", state.now), reason: label("reason", row?.reason ?? "other") })
      : t(who === "closed" ? "owner.closed" : "owner.assistant");
    const ask = (name: string) => () => this.dialog(name);
    return html`<div class="owner ${mine ? "mine" : who}">
      <p>${who === "person" ? person : mould}<span>${says}</span></p>
      <div class="acts">
        ${free ? html`<button type="button" class="ds-button take" ?disabled=${busy} @click=${() => this.takeOver()} aria-keyshortcuts="T">${t("talk.take")}</button>` : nothing}
        ${mine
          ? html`<button type="button" class="ds-button" data-variant="secondary" @click=${ask("desk-hand-back")} aria-keyshortcuts="H">${t("talk.hand_back")}</button>
`
          : nothing}
        ${mayAssign ? html`<button type="button" class="ds-button" data-variant="tertiary" @click=${ask("desk-assign")} aria-keyshortcuts="A">${t("talk.assign")}</button>` : nothing}
        ${mine || free ? html`<button type="button" class="ds-button" data-variant="tertiary" @click=${ask("desk-close")} aria-keyshortcuts="X">${t("talk.close")}</button>` : nothing}
      </div>
      <div role="alert" class="taken">
        ${this.open.taken
          ? html`<p>${warning}<span>${this.open.taken.state === "person"
              ? t("talk.taken", { name: this.open.taken.name ?? "" }) : t("talk.not_yours")}</span></p>`
          : nothing}
      </div>
    </div>`;
  }

  private entries(): TemplateResult {
    const { detail, pending, entries } = this.open;
    const around: Around = {
      customer: this.name,
      seenSeq: this.open.seenSeq,
      flags: detail?.flags ?? [],
      onFlag: (said) => void this.find<FlagAnswer>("desk-flag")?.ask(said),
    };
    const at = (entry: Entry | undefined): string | null =>
      entry === undefined ? null : entry.kind === "note" ? entry.note.at : entry.message.at;
    const key = (entry: Entry): string => (entry.kind === "note" ? `note-${entry.note.id}` : `message-${entry.message.seq}`);
    return html`
      ${detail?.truncated ? html`<p class="day">${t("talk.truncated")}</p>` : nothing}
      ${entries.length === 0 ? html`<p class="quiet">${t("talk.empty")}</p>` : nothing}
      ${repeat(entries, key, (entry, index) => html`
        ${dayLine(at(entry) ?? "", at(entries[index - 1]))}
        ${entry.kind === "note" ? note(entry.note) : message(entry.message, around)}`)}
      ${repeat(pending, ({ clientId }) => clientId, (one) => this.waiting(one))}
    `;
  }

  private waiting(one: Pending): TemplateResult {
    return html`<article class="entry person pending">
      <p class="head">${person}<strong>${state.staff?.name}</strong>
        <span class="came">${one.failed ? html`${warning}${label("error", one.failed.code)}` : t("message.sending")}</span></p>
      <div class="body"><p class="plain-text">${one.text}</p></div>
      ${one.failed
        ? html`<p class="again"><button type="button" class="plain" @click=${() => void this.open.deliver(one)}>${t("message.again")}</button>
            <button type="button" class="plain" @click=${() => this.open.drop(one)}>${t("message.drop")}</button></p>`
        : nothing}
    </article>`;
  }
}

customElements.define("desk-talk", Talk);
