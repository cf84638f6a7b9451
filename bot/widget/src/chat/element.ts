// What a web component of ours needs: a shadow root with our styles, drawn again after a change, by lit-html. Lit's own
// base class can do more, and would take a fifteenth of the 40 kB the widget may weigh.
import { render, type TemplateResult } from "lit/html.js";
import base from "./base.css";
import theme from "./theme.css";

/** A style sheet made by script, which a strict policy allows. */
export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

const SHARED = [sheet(theme), sheet(base)];

export abstract class Drawn extends HTMLElement {
  readonly renderRoot: ShadowRoot;
  /** Kept while a change waits to be drawn. */
  private drawing: Promise<void> | null = null;

  constructor(...styles: CSSStyleSheet[]) {
    super();
    this.renderRoot = this.attachShadow({ mode: "open" });
    this.renderRoot.adoptedStyleSheets = [...SHARED, ...styles];
  }

  connectedCallback(): void {
    this.requestUpdate();
  }

  /** Draw again, once for all changes of this moment. */
  requestUpdate(): void {
    this.drawing ??= Promise.resolve().then(() => {
      this.drawing = null;
      render(this.render(), this.renderRoot, { host: this });
      this.updated();
    });
  }

  /** When everything so far is on the screen. */
  get updateComplete(): Promise<void> {
    return this.drawing ?? Promise.resolve();
  }

  /** What is to be seen. */
  protected abstract render(): TemplateResult;

  /** It is on the screen. */
  protected updated(): void {}
}

/** Properties of a component whose change is drawn. */
export function watch(component: { prototype: Drawn }, ...names: string[]): void {
  for (const name of names) {
    const kept = Symbol(name);
    Object.defineProperty(component.prototype, name, {
      get(this: Record<symbol, unknown>) {
        return this[kept];
      },
      set(this: Record<symbol, unknown> & Drawn, value: unknown) {
        if (this[kept] === value) return;
        this[kept] = value;
        this.requestUpdate();
      },
    });
  }
}
