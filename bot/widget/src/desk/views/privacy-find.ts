import { html, type TemplateResult } from "lit";
import { DeskElement } from "../element";

class PrivacyFind extends DeskElement {
  override render(): TemplateResult {
    return html``;
  }
}

customElements.define("desk-privacy-find", PrivacyFind);
