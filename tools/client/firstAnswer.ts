/**
 * Asks one candidate after the other: the next one when one fails, and also when one is silent for a while. The first answer
 * counts.
 *
 * @param candidates At least one.
 * @param patienceMs How long one may be silent before the next one is asked, too.
 * @throws The first failure, once all have failed.
 */
export function firstAnswer<Candidate, Answer>(
    candidates: readonly Candidate[],
    ask: (candidate: Candidate) => Promise<Answer>,
    patienceMs: number,
): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const waiting = [...candidates];
        const failures: Error[] = [];
        let timer: NodeJS.Timeout | undefined;

        function askNext(): void {
            clearTimeout(timer);
            const [candidate] = waiting.splice(0, 1);
            if (candidate === undefined) {
                return;
            }
            timer = setTimeout(askNext, patienceMs);
            ask(candidate).then(accept, refuse);
        }

        function accept(answer: Answer): void {
            waiting.length = 0;
            clearTimeout(timer);
            resolve(answer);
        }

        function refuse(error: Error): void {
            failures.push(error);
            if (failures.length === candidates.length) {
                reject(failures[0]!);
            }
            askNext();
        }

        askNext();
    });
}
