// <desk-details>: what is known beside the talk: the customer, the request in progress, orders, cases, files, history.
import { html, nothing, type TemplateResult } from "lit";
import { customer, earlier, orders } from "./details/customer";
import { cases, facts, files, history } from "./details/around";
import { request } from "./details/request";
import { DeskElement } from "./element";
import { back } from "./icons";
import type { Open } from "./open";
import { address } from "./route";
import { t } from "./words";

class Details extends DeskElement {
  static override properties = { open: { attribute: false } };
  declare open: Open;

  override render(): TemplateResult {
    const { detail } = this.open;
    return html`<aside class="details" aria-labelledby="details-heading" tabindex="-1">
      <header class="details-head">
        <a class="back" href=${address("conversations", this.open.id)}>${back}<span class="ds-sr-only">${t("details.back")}</span></a>
        <h2 id="details-heading">${t("details.title")}</h2>
      </header>
      ${detail === null
        ? nothing
        : html`${customer(detail)} ${request(detail.request)} ${orders(detail.customer)} ${cases(detail.cases ?? [])} ${files(detail.files)} ${history(detail.hand_overs)}
            ${earlier(detail.customer)} ${facts(detail)}`}
    </aside>`;
  }
}

customElements.define("desk-details", Details);
