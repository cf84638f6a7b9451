// <desk-conversations>: the queue, the talk, what is known of the customer. Side by side, or one at a time on a phone.
import { html, type TemplateResult } from "lit";
import { DeskElement } from "../element";
import { route } from "../route";
import { state } from "../state";
import { t } from "../words";
import "../queue";
import "../talk";
import "../details";

class Conversations extends DeskElement {
  override render(): TemplateResult {
    const { id, details } = route();
    const pane = id === null ? "queue" : details ? "details" : "talk";
    return html`<h1 class="ds-sr-only" tabindex="-1">${t("nav.conversations")}</h1>
      <div class="panes show-${pane}">
      <desk-queue></desk-queue>
      ${state.open
        ? html`<desk-talk .open=${state.open}></desk-talk><desk-details .open=${state.open}></desk-details>`
        : html`<section class="nothing"><p>${t("talk.none")}</p><p class="hint">${t("talk.none.hint")}</p></section>`}
    </div>`;
  }
}

customElements.define("desk-conversations", Conversations);
