// @ts-check

/**
 * In place of a value that an object gets before it is used, but not yet when it is made: a scene, which comes with the
 * first frame. The type stands where it is assigned.
 *
 * @returns {any}
 */
export const later = () => undefined;
