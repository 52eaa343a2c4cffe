/** Time that passes only while somebody sleeps, and what happens in it. */
export class FakeClock {
    private time = 0;
    private readonly events: { readonly at: number; readonly happen: () => void }[] = [];

    /** Seconds since the beginning. */
    get seconds(): number {
        return this.time / 1000;
    }

    /** Has something happen, once. */
    at(seconds: number, happen: () => void): void {
        this.events.push({ at: seconds * 1000, happen });
    }

    now(): number {
        return this.time;
    }

    sleep(ms: number): Promise<void> {
        const before = this.time;
        this.time += ms;
        for (const { at, happen } of this.events) {
            if (before < at && at <= this.time) {
                happen();
            }
        }
        return Promise.resolve();
    }
}
