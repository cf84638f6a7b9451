// <desk-case>: one case. What the customer wants in their own confirmed words, what happened since, and the decision.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { api, asApiError, type ApiError } from "../api";
import { fileLink, pairs } from "../card";
import { chapter, pair } from "../details/section";
import { proof } from "../details/customer";
import type { Decide } from "../dialogs/decide";
import "../dialogs/decide";
import { DeskElement } from "../element";
import { back, warning } from "../icons";
import { live } from "../live";
import { address } from "../route";
import { state } from "../state";
import type { CaseDetail, CaseEvent } from "../records";
import { harmless, label, languageName, moment, t, type Key } from "../words";
import { deadline, kindName } from "./case-words";

class Case extends DeskElement {
  static override properties = { no: {}, found: { state: true }, problem: { state: true }, untold: { state: true } };
  declare no: string;
  declare private found: CaseDetail | null;
  declare private problem: ApiError | null;
  /** The last decision reached the customer by no way. */
  declare private untold: boolean;
  private readonly again = (): void => void this.load();

  constructor() {
    super();
    this.found = null;
    this.problem = null;
    this.untold = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    live.addEventListener("case", this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    live.removeEventListener("case", this.again);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("no")) return;
    this.found = this.problem = null;
    this.untold = false;
    void this.load().then(() => this.find<HTMLElement>("h1")?.focus());
  }

  private async load(): Promise<void> {
    const { no } = this;
    try {
      const found = await api.case(no);
      if (no === this.no) this.found = found;
    } catch (error) {
      this.problem = asApiError(error);
    }
    await this.updateComplete;
  }

  private async take(): Promise<void> {
    try {
      await api.takeCase(this.no);
      state.say(t("case.taken", { no: this.no }));
    } catch (error) {
      state.refused(error);
    }
    await this.load();
  }

  override render(): TemplateResult {
    const { found } = this;
    return html`<section class="case" aria-labelledby="case-heading" aria-busy=${found === null && this.problem === null}>
      <header class="case-head">
        <a class="back" href=${address("cases")}>${back}<span>${t("nav.cases")}</span></a>
        <h1 id="case-heading" tabindex="-1">${this.no} ${found ? kindName(found.case) : nothing}</h1>
      </header>
      ${this.problem ? html`<p class="refusal" role="alert">${warning}<span>${label("error", this.problem.code)}</span></p>` : nothing}
      ${found ? this.body(found) : nothing}
      <desk-decide .no=${this.no} @decided=${this.decided}></desk-decide>
    </section>`;
  }

  private decided(event: CustomEvent<{ told: boolean }>): void {
    this.untold = !event.detail.told;
    void this.load();
  }

  private body({ case: one, events, follows }: CaseDetail): TemplateResult {
    const mine = one.staff_id === state.staff?.id;
    return html`
      <p class="case-state"><span class="tag ${one.state}">${label("case_state", one.state)}</span> ${deadline(one)}</p>
      <div class="acts">
        ${follows.map(
          (to) => html`<button type="button" class="ds-button" data-variant=${to === "accepted" ? nothing : "secondary"}
            @click=${() => void this.find<Decide>("desk-decide")?.ask(to, one, events.at(-1)?.id ?? 0)}>${t(`decide.${to}` as Key)}</button>`,
        )}
      </div>
      <div role="alert">${this.untold ? html`<p class="refusal">${warning}<span>${t("decide.not_told")}</span></p>` : nothing}</div>
      ${chapter(t("case.wording"), html`<p class="plain-text wording" dir="auto">${harmless(one.wording)}</p>`, "wording")}
      ${one.fields.length > 0 ? chapter(t("case.fields"), pairs(one.fields), "fields") : nothing}
      ${chapter(
        t("details.customer"),
        html`${proof(one.proved)}
          <dl class="pairs">
            ${pair(t("details.name"), harmless(one.who))} ${pair(t("details.company"), harmless(one.company))}
            ${pair(t("details.email"), one.email ? html`<a href="mailto:${one.email}">${harmless(one.email)}</a>` : null)}
            ${pair(t("details.phone"), harmless(one.phone))} ${pair(t("details.chat_language"), languageName(one.language))}
            ${pair(t("case.received"), moment(one.received_at))} ${pair(t("cases.staff"), one.staff_name ?? t("cases.nobody"))}
          </dl>
          ${mine ? nothing : html`<button type="button" class="ds-button" data-variant="secondary" @click=${this.take}>${t("case.take")}</button>`}
          ${one.conversation_available && one.conversation_id
            ? html`<p><a href=${address("conversations", one.conversation_id)}>${t("case.conversation")}</a></p>` : nothing}`,
        "customer",
      )}
      ${one.files.length > 0
        ? chapter(t("details.files"), html`<ul class="plain-list">${one.files.map((file) => html`<li>${fileLink(file)}</li>`)}</ul>`, "files") : nothing}
      ${events.length > 0 ? chapter(t("details.history"), html`<ol class="history">${events.map((event) => this.event(event))}</ol>`, "history") : nothing}
    `;
  }

  private event({ at, state: to, text, staff_name, mail }: CaseEvent): TemplateResult {
    return html`<li>
      <p><strong>${label("case_state", to)}</strong> ${staff_name ?? nothing}</p>
      ${text ? html`<p class="plain-text why" dir="auto">${harmless(text)}</p>` : nothing}
      <p class="hint">${moment(at)}${mail && mail !== "none" ? html` · <span class=${mail}>${label("mail", mail)}</span>` : nothing}</p>
    </li>`;
  }
}

customElements.define("desk-case", Case);
