// The table of figures and what is taken away from it: what the browser does by itself.
(function () {
  "use strict";
  const GRID = '{"grid":"figures"}';
  // what a spreadsheet would run, also where it splits cells at another separator (tracker/timelines/guard.py)
  const FORMULA = /(^|[,;|])([\s"]*)(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
  const no_update = () => window.dash_clientside.no_update;
  const grid = () => {
    try {
      return document.getElementById(GRID) ? window.dash_ag_grid.getApi(GRID) : null;
    } catch {
      return null; // it is not drawn yet, and will ask for its rows itself
    }
  };
  const sortOf = (api) => {
    const sorted = api.getColumnState().find((column) => column.sort);
    return sorted ? (sorted.sort === "desc" ? "-" : "") + sorted.colId : "";
  };
  // everything of an address but what the table has written there itself
  const question = (address) => {
    const said = new URLSearchParams(address);
    for (const name of ["sort", "where", "columns"]) said.delete(name);
    return said.toString();
  };
  let purged = null;

  // Enter on a cell is a click on its row
  document.addEventListener("keydown", (event) => {
    const cell = event.key === "Enter" && event.target.closest && event.target.closest(".ag-cell");
    if (!cell || !cell.closest(".table")) return;
    const row = cell.closest(".ag-row").getAttribute("row-id");
    if (row) window.dash_clientside.set_props({ grid: "figures" }, { cellClicked: { rowId: row, timestamp: Date.now() } });
  });

  // the input behind the box that files are dropped on has a name
  const named = () => {
    const input = document.querySelector("#upload input[type=file]:not([aria-label])");
    if (input) input.setAttribute("aria-label", "Choose files");
  };
  new MutationObserver(named).observe(document.documentElement, { childList: true, subtree: true });

  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value).replace(/[\t\r\n]+/g, " ");
    return typeof value === "number" ? text : text.replace(FORMULA, "$1$2'");
  };

  // what the server would send for an open table (dashboard/panels/data_table.py)
  const element = (type, children, more) => ({ type, namespace: "dash_html_components", props: { children, ...more } });
  const table = (name, cells) => {
    const told = cells.rows.some((row) => row[1]);
    const heads = [...cells.headings, ...(told ? ["Evidence"] : [])].map((one) => element("Th", one, { scope: "col" }));
    const body = cells.rows.map(([texts, ids], number) => {
      const named = { "aria-label": "Evidence for " + texts.filter((one) => one).join(", ") };
      const button = { id: { card: `${name}-${number}: ${ids}` }, className: "link", ...named };
      const last = told ? [element("Td", ids ? element("Button", "Read", button) : "")] : [];
      const first = element("Th", texts[0], { scope: "row" });
      return element("Tr", [first, ...texts.slice(1).map((one) => element("Td", one)), ...last]);
    });
    const parts = [element("Caption", cells.caption), element("Thead", element("Tr", heads)), element("Tbody", body)];
    return [element("Table", parts, { className: "numbers" })];
  };

  // on paper a folded table stands open: a plain copy of it, for as long as it is printed
  let printed = {};
  const plain = (tag, text, parent) => {
    const made = parent.appendChild(document.createElement(tag));
    if (text !== undefined) made.textContent = text;
    return made;
  };
  window.addEventListener("beforeprint", () => {
    for (const [name, cells] of Object.entries(printed)) {
      const box = document.getElementById(JSON.stringify({ unfolded: name }));
      if (!box || !cells || box.querySelector("table")) continue;
      const made = plain("table", undefined, box);
      made.className = "numbers on-paper";
      plain("caption", cells.caption, made);
      const head = plain("tr", undefined, plain("thead", undefined, made));
      for (const one of cells.headings) plain("th", one, head);
      const body = plain("tbody", undefined, made);
      for (const [texts] of cells.rows) {
        const row = plain("tr", undefined, body);
        for (const one of texts) plain("td", one, row);
      }
    }
    // a chart is drawn for the screen: on paper it is made as small as the paper is wide
    for (const one of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      const [wide, high] = ["width", "height"].map((name) => one.getAttribute(name));
      one.setAttribute("viewBox", `0 0 ${wide} ${high}`);
      one.closest(".svg-container").style.setProperty("--shape", `${wide} / ${high}`);
      one.closest(".svg-container").style.setProperty("--wide", `${wide}px`);
    }
    for (const fold of document.querySelectorAll(".behind:not([open]):has(table)")) {
      fold.open = true;
      fold.dataset.printed = "yes";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of document.querySelectorAll(".on-paper")) one.remove();
    for (const one of document.querySelectorAll(".js-plotly-plot .main-svg")) one.removeAttribute("viewBox");
    for (const fold of document.querySelectorAll(".behind[data-printed]")) {
      fold.open = false;
      delete fold.dataset.printed;
    }
  });

  const saved = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    figures: {
      // where something else is in view than the server was last asked for, the table asks for its rows anew
      follow(address, revision, answered) {
        const api = grid();
        if (!api || !answered || address === null || address === undefined) return no_update();
        const sort = new URLSearchParams(address).get("sort") || "";
        // the address leads where it has moved by itself: back, forward, a link
        const moved = window.dash_clientside.callback_context.triggered.some((one) => one.prop_id === "view.data");
        if (moved && sort !== sortOf(api)) {
          const name = sort.replace(/^-/, "");
          const state = name ? [{ colId: name, sort: sort[0] === "-" ? "desc" : "asc" }] : [];
          api.applyColumnState({ state, defaultState: { sort: null } });
        }
        const isOther = question(address) !== question(answered.address) || revision > answered.revision;
        const now = JSON.stringify([address, revision, answered]);
        if (isOther && now !== purged) {
          purged = now;
          api.purgeInfiniteCache();
        }
        return no_update();
      },
      columns(chosen, known) {
        const api = grid();
        if (!api || !chosen) return no_update();
        for (const column of api.getColumns()) api.setColumnsVisible([column.getColId()], chosen.includes(column.getColId()));
        const text = api.getColumns().map((one) => one.getColId()).filter((one) => chosen.includes(one)).join(",");
        return text === known ? no_update() : text;
      },
      // the rows that are ticked, in the columns that are shown, to be pasted into a sheet
      async copy(clicks, rows) {
        const api = grid();
        if (!api) return no_update();
        if (!rows || !rows.length) return "Tick the rows to copy.";
        const names = api.getAllDisplayedColumns().map((one) => one.getColId()).filter((one) => one in rows[0]);
        const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
        await navigator.clipboard.writeText(lines.map((line) => line.map(cell).join("\t")).join("\n") + "\n");
        return rows.length === 1 ? "1 row copied." : `${rows.length} rows copied.`;
      },
      // a table behind a chart, built when it is opened, and anew if its cells change meanwhile
      unfold(clicks, cells, ids) {
        const moved = window.dash_clientside.callback_context.triggered.map((one) => one.prop_id);
        printed = Object.fromEntries(ids.map(({ folded: name }, number) => [name, cells[number]]));
        return ids.map(({ folded: name }, number) => {
          const summary = document.getElementById(JSON.stringify({ unfold: name }));
          const fold = summary && summary.closest("details");
          if (!fold || !cells[number]) return no_update();
          const of = (part, property) => moved.includes(`${JSON.stringify({ [part]: name })}.${property}`);
          const wanted = fold.querySelector("table") ? of("folded", "data") : fold.open || of("unfold", "n_clicks");
          if (!wanted) return no_update();
          return table(name, cells[number]);
        });
      },
      async copyText(clicks, text) {
        await navigator.clipboard.writeText(text);
        return "Copied";
      },
      // the sheet that the server has made, drawn and saved
      async picture(sheet) {
        if (!sheet) return no_update();
        const { width, height } = sheet.layout;
        const address = await window.Plotly.toImage(
          { data: sheet.data, layout: sheet.layout, config: { staticPlot: true } },
          { format: sheet.format, width, height, scale: sheet.format === "png" ? 2 : 1 },
        );
        const comma = address.indexOf(",");
        const content = address.slice(0, comma).includes("base64")
          ? Uint8Array.from(atob(address.slice(comma + 1)), (one) => one.charCodeAt(0))
          : decodeURIComponent(address.slice(comma + 1));
        saved(new Blob([content], { type: sheet.format === "svg" ? "image/svg+xml" : "image/png" }), sheet.name);
        return `Saved as ${sheet.name}.`;
      },
    },
  });
})();
