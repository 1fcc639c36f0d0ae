"use strict";
// Turns what was filled in into tables that can be imported. Nothing leaves this page by itself.
{
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = selector => [...document.querySelectorAll(selector)];
  const text = input => (input ? input.value.trim() : "");
  const note = one(".note");

  // A text in quotation marks, with ' before what a spreadsheet would run.
  const cell = words => {
    if (words === "") return "";
    const guard = /^'*[=+\-@\t\r\n＝＋－＠]/.test(words) ? "'" : "";
    return '"' + guard + words.replaceAll('"', '""') + '"';
  };
  const table = (columns, rows) => [columns, ...rows].map(row => row.join(",") + "\r\n").join("");

  const now = new Date();
  const two = number => String(number).padStart(2, "0");
  one(".period").value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

  const { party, customer } = document.body.dataset;

  const expectations = () => {
    const who = cell(text(one(".who"))), period = text(one(".period")), people = text(one(".people"));
    const rows = [];
    for (const row of all("[data-kind]")) {
      const kind = row.dataset.kind;
      const importance = text(one(".importance", row)), satisfaction = text(one(".satisfaction", row));
      const own = kind === "recommendation" ? text(one(".why")) : text(one(".words", row));
      const words = row.dataset.words ?? own;
      const answered = importance !== "" || satisfaction !== "" || (row.dataset.words === undefined && own !== "");
      if (answered) {
        rows.push([cell(party), cell(customer), kind, cell(words), importance, satisfaction, who, period, people, ""]);
      }
    }
    return rows;
  };

  const ratings = () => {
    const who = cell(text(one(".who"))), period = text(one(".period"));
    const rows = [];
    for (const row of all("[data-item]")) {
      const marks = ["speed", "ease", "proactive", "overall"].map(aspect => text(one("." + aspect, row)));
      if (marks.some(mark => mark !== "")) {
        rows.push([cell(party), cell(customer), cell(row.dataset.item), "receiver", who, period, ...marks]);
      }
    }
    return rows;
  };

  const tables = () => {
    const found = [];
    const columns = {
      expectations: "party,customer,kind,expectation,importance,satisfaction,source,period,people,id",
      ratings: "supplier,customer,item,side,who,period,speed,ease,proactive,overall",
    };
    for (const [name, rows] of [["expectations", expectations()], ["ratings", ratings()]]) {
      if (rows.length > 0) found.push({ name, text: table(columns[name].split(","), rows) });
    }
    return found;
  };

  const fileName = name => `${name}-${customer}-${text(one(".who"))}`.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80).replace(/[-\ud800-\udbff]+$/, "") + ".csv";

  const download = ({ name, text }) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.download = fileName(name);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  one(".save").addEventListener("click", () => {
    const wrong = all("input").find(input => !input.checkValidity());
    if (wrong) {
      note.textContent = "A mark is a number from 0 to 10: mend the field with the red border, then save again.";
      wrong.focus();
      return;
    }
    const found = tables();
    if (found.length === 0) {
      note.textContent = "Nothing is filled in yet.";
      return;
    }
    found.forEach((one, at) => setTimeout(() => download(one), at * 400));
    note.textContent = `Saved: ${found.map(({ name }) => fileName(name)).join(", ")}. Please send ${found.length > 1 ? "both" : "it"} back.`;
    one("textarea").value = found.map(({ text }) => text).join("\r\n");
    one("details").hidden = false;
  });
  one(".print").addEventListener("click", () => window.print());
}
