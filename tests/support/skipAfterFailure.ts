/**
 * Skips what follows a failed test in the suite that calls this: each test builds on the ones before. Mocha's own `bail` would
 * end every suite after it as well, whatever has nothing to do with it.
 */
export function skipAfterFailure(): void {
    let failed = false;

    beforeEach(function () {
        if (failed) {
            this.skip();
        }
    });

    afterEach(function () {
        failed ||= this.currentTest?.state === "failed";
    });
}
