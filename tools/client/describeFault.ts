import { describeError, type Description, explain, UserError } from "../cli/errors";
import { fieldsOf, rootCause } from "./errorFields";
import { kafkaFault } from "./kafkaFaults";
import { kubernetesFault } from "./kubernetesFaults";
import { socketFault } from "./socketFaults";

/** What an error of Kafka, Kubernetes or the network means, and what to do next when that is known. */
export function describeFault(error: unknown): Description {
    const cause = rootCause(error);
    if (cause instanceof UserError) {
        return describeError(cause);
    }
    const fields = fieldsOf(cause);
    // WebSocket errors are events around the error. Their type is none of Kafka's answers.
    if (fields.type === "error" && fields.error !== undefined) {
        return describeFault(fields.error);
    }
    const known = kafkaFault(fields) ?? kubernetesFault(fields);
    if (known !== undefined) {
        return known;
    }
    return socketFault(fields) ?? describeError(cause);
}

/** An error of Kafka, Kubernetes or the network as one line for a user. */
export function explainFault(error: unknown): string {
    return explain(error, describeFault);
}
