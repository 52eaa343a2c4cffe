/** For how long troubles last. */
export class Durations {
    private readonly spans = new Map<string, { readonly first: number; readonly last: number }>();

    /** @param now Time in milliseconds. */
    constructor(private readonly now: () => number) {}

    /**
     * Seconds for which a trouble lasts that is there now.
     *
     * @param awaySeconds A trouble that was away for this long is a new one.
     */
    secondsOf(situation: string, awaySeconds: number): number {
        const last = this.now();
        const known = this.spans.get(situation);
        const isOld = known !== undefined && last - known.last < awaySeconds * 1000;
        const first = isOld ? known.first : last;
        this.spans.set(situation, { first, last });
        return (last - first) / 1000;
    }
}
