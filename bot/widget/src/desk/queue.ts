// <desk-queue>: who waits, what is mine, what colleagues answer, what the assistant answers. A listbox: arrow keys move,
// Enter opens.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { DeskElement } from "./element";
import { warning } from "./icons";
import { go } from "./route";
import { groups, state } from "./state";
import type { Group, Row } from "./types";
import { brief, counted, harmless, isoMoment, label, t, waited, type Key } from "./words";

const TICK_MS = 1_000;

class Queue extends DeskElement {
  static override properties = { active: { state: true } };
  declare private active: string | null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.active = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => state.queue?.waiting.length && this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private get current(): string | null {
    const ids = state.rows().map((row) => row.id);
    return [this.active, state.open?.id].find((id) => id && ids.includes(id)) ?? ids[0] ?? null;
  }

  private move(event: KeyboardEvent): void {
    const ids = state.rows().map((row) => row.id);
    const at = ids.indexOf(this.current ?? "");
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 };
    if (event.key === "Enter" || event.key === " ") {
      if (this.current) this.pick(this.current);
    } else if (event.key in to) {
      this.active = ids[Math.min(ids.length - 1, Math.max(0, to[event.key] ?? 0))] ?? null;
      void this.updateComplete.then(() => this.find(`[id="row-${this.active}"]`)?.scrollIntoView({ block: "nearest" }));
    } else return;
    event.preventDefault();
  }

  private pick(id: string): void {
    this.active = id;
    go("conversations", id);
    // The page goes on where one writes, as soon as the conversation is there.
    document.dispatchEvent(new CustomEvent("desk-opened"));
  }

  override render(): TemplateResult {
    const { queue } = state;
    const current = this.current;
    return html`<section class="queue" aria-label=${t("queue.title")}>
      ${queue === null
        ? html`<p class="quiet">${t("app.loading")}</p>`
        : html`<div role="listbox" tabindex="0" aria-label=${t("queue.title")} @keydown=${this.move}
              aria-activedescendant=${current === null ? nothing : `row-${current}`}>
              ${groups.map((group) => this.group(group, queue[group], current))}
            </div>
            ${queue.waiting.length === 0 ? html`<p class="quiet calm">${t("queue.none_waiting")}</p>` : nothing}`}
    </section>`;
  }

  private group(name: Group, rows: Row[], current: string | null): TemplateResult | typeof nothing {
    if (rows.length === 0) return nothing;
    const title = t(`queue.${name}` as Key);
    return html`<div role="group" class="group ${name}" aria-label=${`${title}, ${rows.length}`}>
      <p class="group-name" role="presentation" aria-hidden="true">${title} <span>${rows.length}</span></p>
      ${repeat(rows, (row) => row.id, (row) => this.row(name, row, row.id === current))}
    </div>`;
  }

  private row(group: Group, row: Row, current: boolean): TemplateResult {
    const open = state.open?.id === row.id;
    const late = row.promised_at !== null && (isoMoment(row.promised_at)?.getTime() ?? Infinity) < state.now;
    const author = row.last ? t(`by.${row.last.author}` as Key) : "";
    return html`<div role="option" id="row-${row.id}" aria-selected=${open} class="row ${current ? "current" : ""} ${late && group === "waiting" ? "late" : ""}"
      @click=${() => this.pick(row.id)}>
      <p class="row-who">
        <strong dir="auto" class=${row.online ? "online" : ""}>${harmless(row.who.name) || t("who.stranger")}</strong>
        ${row.online ? html`<span class="ds-sr-only">${t("who.online")}</span>` : nothing}
        ${row.who.company ? html`<span class="company" dir="auto">${harmless(row.who.company)}</span>` : nothing}
        ${group === "waiting"
          ? html`<span class="wait"><span class="ds-sr-only">${t("queue.waits")}</span> ${waited(row.since, state.now)}</span>`
          : html`<span class="time">${brief(row.last?.at ?? row.since)}</span>`}
      </p>
      <p class="row-facts">
        ${group === "waiting" ? html`<span class="reason ${row.reason ?? ""}">${label("reason", row.reason ?? "other")}</span>` : nothing}
        ${group === "others" ? html`<span>${row.owner_name}</span>` : nothing}
        ${row.task ? html`<span>${label("task", row.task)}</span>` : nothing}
        ${row.who.proved === null ? html`<span class="unproven">${warning}${t("who.unproven.short")}</span>` : nothing}
        <span class="code">${row.language ?? ""}</span>
      </p>
      <p class="row-last">
        ${row.last ? html`<span class="words" dir="auto">${author}: ${harmless(row.last.text)}</span>` : nothing}
        ${row.unread > 0 && group !== "assistant"
          ? html`<span class="count"><span aria-hidden="true">${row.unread}</span><span class="ds-sr-only">${counted("queue.unread", row.unread)}</span></span>`
          : nothing}
      </p>
    </div>`;
  }
}

customElements.define("desk-queue", Queue);

