// What every part of the desk's page is: drawn into the page itself, so that one stylesheet serves all, and drawn
// again when the state changes.
import { LitElement } from "lit";
import { state } from "./state";

export abstract class DeskElement extends LitElement {
  private readonly refresh = (): void => this.requestUpdate();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    state.addEventListener("change", this.refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    state.removeEventListener("change", this.refresh);
  }

  /** One element of this part. */
  protected find<T extends HTMLElement>(selector: string): T | null {
    return this.querySelector<T>(selector);
  }
}
