// What this browser remembers from visit to visit. Where it may not remember, every visit is the first.

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // a browser that keeps nothing
  }
}
