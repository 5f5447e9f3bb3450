// Code that runs on stage: not yet.

export const start = (context) => {}
