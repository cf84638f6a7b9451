// The dialog of a demonstration: be one of the invented contacts.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { isKey, text, type Key } from "../i18n";
import { contacts, demoSignIn, type Contact } from "./config";
import { Drawn, sheet, watch } from "./element";
import { cross } from "./icons";
import type { Visitor } from "./memory";
import styles from "./sign-in.css";
import { classes, type Wish } from "./theme";

const MANY = 8;

const STYLES = sheet(styles);

export class SignIn extends Drawn {
  declare language: string;
  declare theme: Wish;
  declare private people: Contact[] | null;
  declare private wanted: string;
  declare private problem: boolean;

  constructor() {
    super(STYLES);
    this.language = "nb";
    this.theme = "auto";
    this.people = null;
    this.wanted = "";
    this.problem = false;
  }

  /** Ask who to be. */
  async show(): Promise<void> {
    this.problem = false;
    this.dialog?.showModal();
    try {
      this.people ??= await contacts();
    } catch {
      this.problem = true;
    }
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private async choose(person: Contact): Promise<void> {
    try {
      const token = await demoSignIn(person.contact);
      const detail: Visitor = { token, name: person.name, company: person.company };
      this.dialog?.close();
      this.dispatchEvent(new CustomEvent("signed-in", { detail }));
    } catch {
      this.problem = true;
    }
  }

  private get matching(): Contact[] {
    const words = this.wanted.toLowerCase().split(/\s+/);
    const matches = (person: Contact): boolean =>
      words.every((word) => `${person.name} ${person.company}`.toLowerCase().includes(word));
    return (this.people ?? []).filter(matches);
  }

  protected override render(): TemplateResult {
    const t = (key: Key): string => text(this.language, key);
    return html`
      <div class=${classes(this.theme)}>
      <dialog aria-labelledby="title" aria-describedby="about" lang=${this.language}>
        <header>
          <h2 id="title">${t("sign.in.title")}</h2>
          <button type="button" class="icon" @click=${() => this.dialog?.close()}>
            ${cross}<span class="unseen">${t("sign.in.close")}</span>
          </button>
        </header>
        <p id="about">${t("sign.in.text")}</p>
        ${this.problem ? html`<p role="alert" class="problem">${t("sign.in.failed")}</p>` : nothing}
        ${this.people && this.people.length > MANY ? this.searchField(t) : nothing}
        ${this.people === null && !this.problem ? html`<p role="status">${t("sign.in.loading")}</p>` : this.list(t)}
      </dialog>
      </div>
    `;
  }

  private job(person: Contact): string {
    const key = `role.${person.role}`;
    return isKey(key) ? `, ${text(this.language, key).toLowerCase()}` : "";
  }

  private searchField(t: (key: Key) => string): TemplateResult {
    return html`<label>
      ${t("sign.in.search")}
      <input
        type="search"
        autocomplete="off"
        .value=${this.wanted}
        @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  private list(t: (key: Key) => string): TemplateResult {
    const people = this.matching;
    if (this.people && people.length === 0) return html`<p role="status">${t("sign.in.none")}</p>`;
    return html`<ul>
      ${people.map(
        (person) => html`<li>
          <button type="button" @click=${() => void this.choose(person)}>
            <strong>${person.name}</strong><span>${person.company}${this.job(person)}</span>
          </button>
        </li>`,
      )}
    </ul>`;
  }
}

watch(SignIn, "language", "theme", "people", "wanted", "problem");
customElements.define("smelt-sign-in", SignIn);
