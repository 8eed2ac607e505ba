// What Assessor's figures are drawn with: scatter and bar, error bars, shapes and annotations.
// The list is the library's own core list less what no figure uses: menus, sliders, range
// selectors, images, selections, three dimensions, colour bars and grids. A trace that is missing
// here is drawn as scatter in silence, so a test compares this list with what the figures use.
"use strict";

const Plotly = (module.exports = {});
const Registry = require("plotly.js/src/registry");

Plotly.version = require("plotly.js/src/version").version;
require("plotly.js/build/plotcss");
const register = (Plotly.register = Registry.register);

const api = require("plotly.js/src/plot_api");
for (const name of Object.keys(api)) {
  if (!name.startsWith("_")) Plotly[name] = api[name];
  register({ moduleType: "apiMethod", name, fn: api[name] });
}

register([require("plotly.js/src/traces/scatter"), require("plotly.js/src/traces/bar")]);
register([
  require("plotly.js/src/components/annotations"),
  require("plotly.js/src/components/shapes"),
  require("plotly.js/src/components/errorbars"),
  require("plotly.js/src/components/colorscale"),
  require("plotly.js/src/components/legend"),
  require("plotly.js/src/components/fx"),
  // Its layout is read even where no bar is shown; the figures' configuration hides it.
  require("plotly.js/src/components/modebar"),
]);
register([require("plotly.js/src/locale-en"), require("plotly.js/src/locale-en-us")]);

Plotly.Plots = require("plotly.js/src/plots/plots");

// Figures are read by keyboard: the page's script asks for the same words the pointer gets.
const { hover, unhover } = require("plotly.js/src/components/fx");
Plotly.Fx = { hover, unhover };
