// <desk-wrong-answers>: answers of the assistant that were wrong, with the right ones: what it is to learn.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { address } from "../route";
import type { WrongAnswer } from "../records";
import { counted, harmless, languageName, moment, t } from "../words";
import { Page, pager } from "./page";

interface Found {
  rows: WrongAnswer[];
  total: number;
}

class WrongAnswers extends Page<Found> {
  private page = 1;

  protected fetch(): Promise<Found> {
    return api.wrongAnswers(this.page);
  }

  override render(): TemplateResult {
    return this.frame(t("nav.wrong-answers"), (found) => this.list(found), html`<p class="lead">${t("wrong.lead")}</p>`);
  }

  private list({ rows, total }: Found): TemplateResult {
    if (rows.length === 0) return html`<p class="quiet">${t("wrong.none")}</p>`;
    return html`<p class="hint">${counted("wrong.found", total)}</p>
      <ul class="wrong">
        ${rows.map(
          (one) => html`<li>
            <dl class="pairs" lang=${one.language ?? nothing}>
              <div><dt>${t("wrong.question")}</dt><dd class="plain-text" dir="auto">${harmless(one.question)}</dd></div>
              <div><dt>${t("wrong.answer")}</dt><dd class="plain-text bad" dir="auto">${harmless(one.answer)}</dd></div>
              <div><dt>${t("wrong.right")}</dt><dd class="plain-text good" dir="auto">${harmless(one.right_answer)}</dd></div>
            </dl>
            <p class="hint">${one.staff_name} · ${moment(one.at)} · ${languageName(one.language)} ·
              <a href=${address("conversations", one.conversation_id)}>${t("case.conversation")}</a></p>
          </li>`,
        )}
      </ul>
      ${pager(this.page, total, (page) => ((this.page = page), void this.load()))}`;
  }
}

customElements.define("desk-wrong-answers", WrongAnswers);
