import { spawnSync } from "node:child_process";
import { UserError } from "../cli/errors";
import { toYamlStream } from "../render/files";
import type { LintedStack } from "./stacks";

/** Release of kube-score, a linter of Kubernetes objects. */
const KUBE_SCORE = "github.com/zegl/kube-score/cmd/kube-score@v1.20.0";
/** The Kubernetes that the objects are judged for. */
const KUBERNETES = "v1.35";

/** Something that a check says of an object. */
export interface Finding {
    readonly stack: string;
    readonly severity: "CRITICAL" | "WARNING";
    /** Id of the check. */
    readonly check: string;
    /** `Kind/name`. */
    readonly object: string;
    /** What it says: a check may say several things. */
    readonly says: string;
}

/** The objects of a stack, judged. */
export interface Score {
    readonly stack: string;
    /** How many objects it has. */
    readonly objects: number;
    /** How many of them are of a kind that the linter knows. */
    readonly scored: number;
    readonly findings: readonly Finding[];
}

/** kube-score can't be run, or says something else than it should. */
export class KubeScoreError extends UserError {}

/** What kube-score prints, as far as it is read. */
interface ScoredObject {
    readonly type_meta: { readonly kind: string };
    readonly object_meta: { readonly name: string };
    readonly checks: readonly {
        readonly check: { readonly id: string };
        /** 1, 5, 7 or 10. */
        readonly grade: number;
        readonly skipped: boolean;
        readonly comments: readonly { readonly summary: string }[] | null;
    }[];
}

const CRITICAL = 1;
const WARNING = 5;

/**
 * Asks kube-score, with all of its checks, about the objects of a stack.
 *
 * @throws {@link KubeScoreError} when it can't be run.
 */
export function scoreStack({ name, objects }: LintedStack): Score {
    const args = ["run", KUBE_SCORE, "score", "-", "--output-format=json"];
    const options = [
        "--all-default-optional",
        "--disable-ignore-checks-annotations",
        `--kubernetes-version=${KUBERNETES}`,
    ];
    const { stdout, stderr, error } = spawnSync("go", [...args, ...options], {
        input: toYamlStream(objects),
        encoding: "utf8",
        maxBuffer: 2 ** 26,
    });
    // It also exits with 1 when it finds something.
    return { stack: name, objects: objects.length, ...parseScore(name, stdout, error ?? stderr) };
}

/** Reads what kube-score printed. */
export function parseScore(
    stack: string,
    stdout: string | null,
    trouble: unknown,
): Pick<Score, "scored" | "findings"> {
    let scored: readonly ScoredObject[];
    try {
        // null where it knows none of the kinds.
        scored = (JSON.parse(stdout ?? "") as readonly ScoredObject[] | null) ?? [];
    } catch {
        throw new KubeScoreError(
            `kube-score can't be run: ${String(trouble).trim()}`,
            "install Go, and let it reach its module proxy",
        );
    }
    return { scored: scored.length, findings: scored.flatMap((each) => findingsOf(stack, each)) };
}

function findingsOf(
    stack: string,
    { type_meta: { kind }, object_meta: { name }, checks }: ScoredObject,
): Finding[] {
    const object = `${kind}/${name}`;
    return checks
        .filter(({ skipped, grade }) => !skipped && grade <= WARNING)
        .flatMap(({ check, grade, comments }) =>
            (comments ?? []).map(({ summary }) => ({
                stack,
                severity: grade <= CRITICAL ? ("CRITICAL" as const) : ("WARNING" as const),
                check: check.id,
                object,
                says: summary,
            })),
        );
}
