import type { PemFileCertificates } from "./sources";
import { ProgramError } from "../../kafka/programError";

/** One thing that is wrong with a PEM file: the key that names it, its path, what is wrong, and what to do. */
interface PemFault {
    readonly key: keyof PemFileCertificates;
    readonly path: string;
    readonly problem: string;
    readonly next: string;
}

/** PEM files that can't be used, with all that is wrong and what to do. */
export class PemFileError extends ProgramError {
    constructor(readonly faults: readonly PemFault[]) {
        const lines = faults.map(
            ({ key, path, problem, next }) =>
                `kafka-eks:certificates.${key}: ${path}: ${problem}. Next: ${next}`,
        );
        super(lines.join("\n"));
    }
}

/** The error of one fault. */
export function pemFault(
    key: keyof PemFileCertificates,
    path: string,
    problem: string,
    next: string,
): PemFileError {
    return new PemFileError([{ key, path, problem, next }]);
}

/** What goes on after a fault, and keeps it. */
export function collectFaults() {
    const faults: PemFault[] = [];
    /** What a function returns; `undefined` where it throws faults. */
    const tried = <T>(read: () => T): T | undefined => {
        try {
            return read();
        } catch (error) {
            if (!(error instanceof PemFileError)) {
                throw error;
            }
            faults.push(...error.faults);
            return undefined;
        }
    };
    return { faults, tried };
}
