// Plotly, a large script that keeps the browser busy for a while: fetched after the first frame; and what charts share.

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: 'reset+autosize' };

export function loadPlotly(url) {
  return (window.__dnnPlotly ??= window.Plotly
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        const failed = () => {
          window.__dnnPlotly = null; // asked for again, it may come
          reject(new Error('Plotly did not come'));
        };
        const script = Object.assign(document.createElement('script'), { src: url, onload: resolve, onerror: failed });
        document.head.append(script);
      }));
}

// The room that a chart has.
export function room({ clientWidth, clientHeight }) {
  return { width: clientWidth, height: clientHeight };
}

// Let a chart fill its box, if it does not already.
export function fill(div) {
  const { width, height } = room(div);
  const { width: w, height: h } = div._fullLayout;
  if (width !== w || height !== h) Plotly.relayout(div, { width, height });
}
