// <desk-sign-in>: e-mail and password, the company's own sign-in when there is one, the accounts of a demonstration.
import { html, nothing, type TemplateResult } from "lit";
import { api, ApiError, asApiError, introduce } from "./api";
import { DeskElement } from "./element";
import { mould, warning } from "./icons";
import { said } from "./refusal";
import type { DemoAccount, SignInOffer } from "./types";
import { t } from "./words";

class SignIn extends DeskElement {
  static override properties = { offer: { state: true }, error: { state: true }, busy: { state: true } };
  declare private offer: SignInOffer | null;
  declare private error: ApiError | null;
  declare private busy: boolean;

  constructor() {
    super();
    this.offer = null;
    // Back from the company's sign-in, without success.
    this.error = new URLSearchParams(location.search).get("sign_in") === "refused" ? new ApiError(401, "provider") : null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void api.offer().then(
      (offer) => (this.offer = offer),
      () => {},
    );
  }

  override firstUpdated(): void {
    this.find<HTMLInputElement>("#email")?.focus();
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const email = this.find<HTMLInputElement>("#email")?.value.trim() ?? "";
    const password = this.find<HTMLInputElement>("#password")?.value ?? "";
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      introduce(await api.login(email, password));
      history.replaceState(null, "", location.pathname + location.hash);
      this.dispatchEvent(new CustomEvent("signed-in"));
    } catch (error) {
      this.error = asApiError(error);
      await this.updateComplete;
      this.find<HTMLInputElement>("#password")?.select();
    } finally {
      this.busy = false;
    }
  }

  private useAccount(account: DemoAccount): void {
    const email = this.find<HTMLInputElement>("#email");
    const password = this.find<HTMLInputElement>("#password");
    if (!email || !password) return;
    email.value = account.email;
    password.value = account.password;
    this.find<HTMLFormElement>("form")?.requestSubmit();
  }

  private get refusal(): string {
    if (!this.error) return "";
    if (this.error.code === "provider") return t("sign_in.oidc.refused");
    return this.error.code === "wrong" || this.error.code === "invalid" ? t("sign_in.refused") : said(this.error);
  }

  override render(): TemplateResult {
    return html`<main class="alone sign-in">
      <div class="brand">${mould}<h1>${t("app.title")}</h1></div>
      <form @submit=${this.submit} novalidate>
        <div class="field">
          <label for="email">${t("sign_in.email")}</label>
          <input id="email" class="ds-input" type="text" inputmode="email" autocapitalize="none" autocomplete="username" required spellcheck="false"
            aria-describedby=${this.error ? "refusal" : nothing} />
        </div>
        <div class="field">
          <label for="password">${t("sign_in.password")}</label>
          <input id="password" class="ds-input" type="password" autocomplete="current-password" required
            aria-describedby=${this.error ? "refusal" : nothing} />
        </div>
        <div role="alert" id="refusal">${this.error ? html`<p class="refusal">${warning}<span>${this.refusal}</span></p>` : nothing}</div>
        <button type="submit" class="ds-button" ?disabled=${this.busy}>${t("sign_in.do")}</button>
        ${this.offer?.oidc ? html`<a class="ds-button" data-variant="secondary" href="/desk/api/oidc/start">${t("sign_in.oidc")}</a>` : nothing}
      </form>
      ${this.accounts()}
    </main>`;
  }

  private accounts(): TemplateResult | typeof nothing {
    const accounts = this.offer?.demo_accounts ?? [];
    if (accounts.length === 0) return nothing;
    return html`<section class="demo-accounts" aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">${t("sign_in.demo")}</h2>
      <p>${t("sign_in.demo.text")}</p>
      <ul>
        ${accounts.map(
          (one) => html`<li>
            <button type="button" class="choice" ?disabled=${this.busy} @click=${() => this.useAccount(one)}>
              <strong>${one.name}</strong><span>${one.email}</span>
            </button>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

customElements.define("desk-sign-in", SignIn);
