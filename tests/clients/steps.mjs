// Runs a scenario step by step, each within a time limit, and reports PASS or FAIL for each.

const LIMIT_MS = 15_000;

let passed = 0;
let failed = 0;

/** Answers whether the step passed. What the action answers is added to the report. */
export async function step(name, action) {
  const started = performance.now();
  try {
    const note = await within(LIMIT_MS, action());
    passed++;
    console.log(`PASS ${name} (${note ? `${note}, ` : ""}${Math.round(performance.now() - started)} ms)`);
    return true;
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error?.message ?? error}`);
    return false;
  }
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function within(limit, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing after ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
