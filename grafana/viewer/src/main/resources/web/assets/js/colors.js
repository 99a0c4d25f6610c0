/** Grafana's named colours and palettes. */
const SHADES = {
  red: ["#FFA6B0", "#FF7383", "#F2495C", "#E02F44", "#C4162A"],
  orange: ["#FFCB7D", "#FFB357", "#FF9830", "#FF780A", "#FA6400"],
  yellow: ["#FFF899", "#FFEE52", "#FADE2A", "#F2CC0C", "#E0B400"],
  green: ["#C8F2C2", "#96D98D", "#73BF69", "#56A64B", "#37872D"],
  blue: ["#C0D8FF", "#8AB8FF", "#5794F2", "#3274D9", "#1F60C4"],
  purple: ["#DEB6F2", "#CA95E5", "#B877D9", "#A352CC", "#8F3BB8"],
};
const PREFIXES = ["super-light-", "light-", "", "semi-dark-", "dark-"];
const CLASSIC = ["green", "yellow", "blue", "orange", "red", "light-blue", "purple", "#447EBC", "#C15C17", "#890F02",
  "#705DA0", "#6D1F62", "#E0B400", "#96D98D", "#8AB8FF", "#FFB357", "#FF7383", "#CA95E5", "#5F9EA0", "#B7DBAB"];
const CONTINUOUS = {
  "continuous-GrYlRd": ["green", "yellow", "red"],
  "continuous-RdYlGr": ["red", "yellow", "green"],
  "continuous-BlYlRd": ["blue", "yellow", "red"],
  "continuous-BlPu": ["blue", "purple"],
  "continuous-YlRd": ["yellow", "red"],
  "continuous-YlBl": ["yellow", "blue"],
  "continuous-blues": ["#1b2a41", "blue"],
  "continuous-greens": ["#16301f", "green"],
};

export function isDark() {
  return document.documentElement.dataset.theme !== "light";
}

export function color(name) {
  if (!name) return token("--text");
  if (name === "text") return token("--text");
  if (name === "transparent") return "rgba(0,0,0,0)";
  if (name === "gray") return token("--muted");
  if (name.startsWith("#") || name.startsWith("rgb")) return name;
  for (const [hue, shades] of Object.entries(SHADES)) {
    const index = PREFIXES.findIndex((prefix) => prefix + hue === name);
    if (index >= 0) return shades[index];
  }
  return name;
}

const tokens = new Map();

/** A custom property of the page; asked for often, so kept until the theme changes. */
export function token(name) {
  const key = name + document.documentElement.dataset.theme;
  if (!tokens.has(key)) tokens.set(key, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return tokens.get(key);
}

export function paletteColor(index) {
  return color(CLASSIC[index % CLASSIC.length]);
}

export function continuousColor(mode, share) {
  const stops = CONTINUOUS[mode];
  if (!stops) return null;
  const position = Math.max(0, Math.min(1, share)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  return mix(color(stops[index]), color(stops[index + 1]), position - index);
}

export function alpha(value, opacity) {
  const [red, green, blue] = rgb(value);
  return `rgba(${red},${green},${blue},${opacity})`;
}

function mix(left, right, share) {
  const from = rgb(left);
  const to = rgb(right);
  return `rgb(${from.map((part, i) => Math.round(part + (to[i] - part) * share)).join(",")})`;
}

function rgb(value) {
  if (value.startsWith("rgb")) return value.match(/[\d.]+/g).slice(0, 3).map(Number);
  const hex = value.length === 4 ? [...value.slice(1)].map((c) => c + c).join("") : value.slice(1, 7);
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) || 0);
}

/** Black or white, whichever reads better on the colour. */
export function readableOn(value) {
  const [red, green, blue] = rgb(value);
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#10141b" : "#ffffff";
}
