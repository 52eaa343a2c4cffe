import { resolve } from "node:path";
import { UsageError } from "../cli/errors";
import { EXIT } from "../cli/main";
import { loadConfig } from "../../config";
import { fullKey, readKnownStackConfig } from "../cli/stackFile";
import { hasColors } from "../cli/terminal";
import { loadKubeConfig } from "../client/kubernetes";
import { preflight } from ".";
import type { Area } from "./finding";
import type { PreflightRequest } from "./options";
import { renderReport } from "./report";

type Request = Extract<PreflightRequest, { action: "check" }>;

/** Exit code where the cluster can't take the stack. */
const CANNOT_TAKE_IT = 3;

const PROGRESS_AFTER_MS = 2_000;

/** What a check prints, and how it ends. */
export interface Outcome {
    readonly stdout: string;
    readonly exit: number;
}

/**
 * Checks a stack as the command line asks for.
 *
 * @param stackDirectory Directory of the stack files.
 * @throws {@link UsageError} where there is no such stack, or it makes its own cluster.
 * @throws {@link ConfigError} with everything that is wrong with its configuration.
 */
export async function runPreflight(request: Request, stackDirectory: string): Promise<Outcome> {
    const { stack, json } = request;
    const config = readKnownStackConfig(stackDirectory, stack, request.config, { standIns: true });
    if ((config[fullKey("platform")] ?? "eks") === "eks") {
        throw new UsageError(
            `stack ${stack} makes its own cluster: expected platform "kubeconfig", got "eks"`,
            "choose a stack on a cluster that is there, or give --config platform=kubeconfig",
        );
    }
    const { kubeconfig, kubeContext } = loadConfig(config);
    const kubeConfig = loadKubeConfig({
        // The program finds its file from where Pulumi.yaml is.
        kubeconfig: request.kubeconfig ?? (kubeconfig && resolve(stackDirectory, kubeconfig)),
        context: request.context ?? kubeContext,
    });
    const progress = watchProgress();
    const findings = await preflight({
        stack,
        config,
        kubeConfig,
        onProgress: progress.note,
    }).finally(progress.stop);
    const ready = findings.every(({ outcome }) => outcome !== "fails");
    return {
        stdout: json
            ? `${JSON.stringify({ stack, ready, findings })}\n`
            : renderReport(findings, { colors: hasColors(), width: process.stdout.columns }),
        exit: ready ? EXIT.ok : CANNOT_TAKE_IT,
    };
}

/** Says on stderr what is waited for, once it takes long enough to wonder. */
function watchProgress(): {
    readonly note: (waitingFor: readonly Area[]) => void;
    readonly stop: () => void;
} {
    let waitingFor: readonly Area[] | undefined;
    const timer = setTimeout(() => {
        process.stderr.write(
            waitingFor ? `still checking: ${waitingFor.join(", ")}\n` : "checking the cluster…\n",
        );
    }, PROGRESS_AFTER_MS);
    return { note: (areas) => (waitingFor = areas), stop: () => clearTimeout(timer) };
}
