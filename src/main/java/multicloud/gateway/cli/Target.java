package multicloud.gateway.cli;

import multicloud.gateway.aws.S3Location;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The object in S3 that stands on a command line. */
final class Target {
    private Target() {}

    /**
     * Reads {@code s3://BUCKET/KEY}.
     *
     * @throws ParameterException when it is none
     */
    static S3Location parse(String text, CommandSpec spec) {
        try {
            return S3Location.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
