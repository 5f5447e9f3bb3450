// The tools of a lecture: none yet.

export const start = (context) => {}
