// <desk-help>: which keys do what, and the switch for those who do not want single letters to do anything.
import { html, type TemplateResult } from "lit";
import { shortcuts, single } from "../shortcuts";
import { t } from "../words";
import { Dialog } from "./dialog";

export class Help extends Dialog {
  protected get heading(): string {
    return t("help.title");
  }

  protected body(): TemplateResult {
    return html`<dl class="keys">
        ${shortcuts.map(({ keys, does }) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${t(does)}</dd></div>`)}
      </dl>
      <label class="check">
        <input type="checkbox" class="ds-input" .checked=${single.on}
          @change=${(event: Event) => single.set((event.target as HTMLInputElement).checked)} />
        <span>${t("help.single")}</span>
      </label>`;
  }
}

customElements.define("desk-help", Help);
