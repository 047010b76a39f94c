// What only the browser knows: its colours and width, which page it has come to, and which rows the table shows.
(function () {
  "use strict";
  const KEY = "mantine-color-scheme-value"; // where the components look for it, before anything is drawn
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 700px)");
  const root = document.documentElement;
  const remembered = () => {
    try {
      return window.localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto"; // a browser that keeps nothing
    }
  };
  const remember = (theme) => {
    try {
      window.localStorage.setItem(KEY, theme);
    } catch {
      // then it holds for this page only
    }
  };
  let theme = remembered();
  const paint = () => {
    const scheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    if (root.dataset.mantineColorScheme !== scheme) root.dataset.mantineColorScheme = scheme;
    return scheme;
  };
  const look = () => ({ dark: paint() === "dark", narrow: narrow.matches });
  const paper = window.matchMedia("print"); // paper has another width and no dark side: the chart stays as it is
  const tell = () => paper.matches || window.dash_clientside.set_props("screen", { data: look() });
  let listening = false;
  let arrived = null;
  paint();
  root.dataset.page = window.location.pathname; // so that a chart within another page shows nothing else from the start

  // controls behind a button close with Escape, and when something else is clicked, but for the lists that they open
  const folded = () => [...document.querySelectorAll(".chooser[open]")];
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[role=listbox], [data-portal]")) return;
    for (const one of folded()) if (!one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("[role=listbox]:not([style*='display: none'])")) return;
    for (const one of folded()) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
  // what is typed into the box of the conflict replaces its name
  document.addEventListener("focusin", (event) => {
    if (event.target.id === "conflict") setTimeout(() => event.target.select(), 0);
  });

  // a chart within another page tells that page how high it is
  if (window.parent !== window && root.dataset.page === "/embed") {
    new ResizeObserver(() => {
      window.parent.postMessage({ casualtyTrackerHeight: document.body.scrollHeight }, "*");
    }).observe(document.body);
  }

  // what a day of the slider is called: days are counted as Python counts them, from 1 January of the year 1
  window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, {
    dayInWords(day) {
      const moment = new Date((day - 719163) * 86400000);
      return moment.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    },
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    tracker: {
      // the theme that was chosen before
      theme: () => remembered(),
      screen(chosen) {
        if (chosen && listening) {
          theme = chosen;
          remember(theme);
        }
        if (!listening) {
          listening = true;
          dark.addEventListener("change", tell);
          narrow.addEventListener("change", tell);
          new MutationObserver(paint).observe(root, { attributeFilter: ["data-mantine-color-scheme"] });
        }
        return look();
      },
      // a page is there: name it, mark it in the navigation, and begin at its top
      arrive(page) {
        if (!page) return window.dash_clientside.no_update;
        document.title = page.title;
        root.dataset.page = page.path;
        for (const link of document.querySelectorAll("header nav a")) {
          if (new URL(link.href).pathname !== page.path) {
            link.removeAttribute("aria-current");
            continue;
          }
          link.setAttribute("aria-current", "page");
          const row = link.closest("nav"); // on a phone it scrolls
          row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
        }
        if (arrived !== null && arrived !== page.path) {
          window.scrollTo(0, 0);
          document.getElementById("content").focus({ preventScroll: true });
        }
        arrived = page.path;
        return window.dash_clientside.no_update;
      },
      // the stretch of time that was dragged over; "" for all of it
      dragged(moved) {
        if (!moved) return window.dash_clientside.no_update;
        if (moved["xaxis.autorange"]) return "";
        const ends = [moved["xaxis.range[0]"], moved["xaxis.range[1]"]];
        if (!ends[0] || !ends[1]) return window.dash_clientside.no_update;
        return ends.map((day) => String(day).slice(0, 10)).join(",");
      },
      // the evidence belongs to the page on which it was opened
      closed: () => false,
      // all series, or the main ones again
      everything: (clicks, lines) => (clicks ? (lines === "all" ? "main" : "all") : window.dash_clientside.no_update),
      countRows(shown, all) {
        const total = (all || []).length;
        const seen = shown && shown.length <= total ? shown.length : total;
        const noun = total === 1 ? "figure" : "figures";
        return seen === total
          ? `${total.toLocaleString("en")} ${noun} in view`
          : `${seen.toLocaleString("en")} of ${total.toLocaleString("en")} ${noun} in view`;
      },
      rowsInView(clicks, shown, all) {
        return { clicks, ids: (shown || all || []).map((row) => row.figure_id) };
      },
    },
  });
})();
