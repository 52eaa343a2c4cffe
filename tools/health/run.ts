import { EXIT } from "../cli/main";
import { hasColors } from "../cli/terminal";
import { type Area, checkHealth } from ".";
import { renderReport } from "./report";
import type { HealthRequest } from "./options";
import { readIdentity } from "../client/identity";
import { openStackAccess } from "../client/stackAccess";

const PROGRESS_AFTER_MS = 2_000;

/** Says on stderr what is waited for, once it takes long enough to wonder. */
function watchProgress(): (waitingFor: readonly Area[]) => void {
    const start = Date.now();
    let waiting: readonly Area[] | undefined;
    const say = () => {
        if (waiting?.length !== 0) {
            process.stderr.write(
                waiting ? `still checking: ${waiting.join(", ")}\n` : "checking Kafka…\n",
            );
        }
    };
    setTimeout(say, PROGRESS_AFTER_MS).unref();
    return (waitingFor) => {
        waiting = waitingFor;
        if (Date.now() - start > PROGRESS_AFTER_MS) {
            say();
        }
    };
}

/** Checks the health of what the command line names, prints it, and returns the exit code. */
export async function runHealth(
    request: Extract<HealthRequest, { action: "check" }>,
): Promise<number> {
    const { stack, identity, json, ...kubernetes } = request;
    const where = stack === undefined ? kubernetes : await openStackAccess(stack);
    const report = await checkHealth({
        ...where,
        identity: readIdentity(identity),
        trustSystem: identity.tls === true,
        onProgress: watchProgress(),
    });
    process.stdout.write(
        json
            ? `${JSON.stringify(report)}\n`
            : renderReport(report, { colors: hasColors(), width: process.stdout.columns }),
    );
    return report.healthy ? EXIT.ok : EXIT.failed;
}
