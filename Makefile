# What sam build calls: makes the package with the wrapper and copies it where SAM wants it.
.PHONY: build-GatewayFunction

build-GatewayFunction:
	./mvnw -q package -DskipTests
	cp -R target/function/. "$(ARTIFACTS_DIR)"
