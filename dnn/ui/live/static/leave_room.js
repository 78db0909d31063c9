// @ts-check
// Room for what a teacher's link says above the panel.

/**
 * What a teacher's link says stands above: the panel is so much less high.
 *
 * @param {HTMLElement} root of the panel
 * @param {HTMLElement | null} task
 */
export function leaveRoom(root, task) {
  if (!task) return null;
  const observer = new ResizeObserver(() => {
    root.style.setProperty('--dnn-above', `${task.offsetHeight + 8}px`);
  });
  observer.observe(task);
  return observer;
}
